"""Conversations with the consultant, what it knows, and what it found out."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.lookups
import django.utils.timezone
import pgvector.django.halfvec
import pgvector.django.indexes
from django.conf import settings
from django.db import migrations, models

import accounts.models.base
import conversations.models.conversations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_make_month_partitions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                ("session_id", models.CharField(max_length=100, verbose_name="session")),
                (
                    "conversation_type",
                    models.CharField(
                        choices=[
                            ("onboarding", "onboarding"),
                            ("consultation", "consultation"),
                            ("campaign_planning", "campaign planning"),
                            ("content_creation", "content creation"),
                            ("performance_review", "performance review"),
                            ("support", "support"),
                        ],
                        db_default="onboarding",
                        default="onboarding",
                        max_length=50,
                        verbose_name="type",
                    ),
                ),
                (
                    "conversation_stage",
                    models.CharField(
                        choices=[
                            ("initial", "initial"),
                            ("personal_info", "personal information"),
                            ("business_discovery", "business discovery"),
                            ("website_analysis", "website analysis"),
                            ("competitor_analysis", "competitor analysis"),
                            ("data_synthesis", "data synthesis"),
                            ("recommendations", "recommendations"),
                            ("complete", "complete"),
                        ],
                        db_default="initial",
                        default="initial",
                        max_length=50,
                        verbose_name="stage",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "active"),
                            ("completed", "completed"),
                            ("abandoned", "abandoned"),
                        ],
                        db_default="active",
                        default="active",
                        max_length=50,
                        verbose_name="status",
                    ),
                ),
                (
                    "is_active",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(("status", "active")),
                        output_field=models.BooleanField(),
                        verbose_name="going on",
                    ),
                ),
                (
                    "is_completed",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(("status", "completed")),
                        output_field=models.BooleanField(),
                        verbose_name="completed",
                    ),
                ),
                (
                    "completion_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("goal_achieved", "goal achieved"),
                            ("user_ended", "ended by the user"),
                            ("transferred", "handed to a person"),
                            ("inactive", "no answer any more"),
                            ("failed", "could not go on"),
                        ],
                        max_length=100,
                        null=True,
                        verbose_name="reason of the end",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("primary_goal", models.CharField(blank=True, max_length=200, verbose_name="goal")),
                (
                    "key_outcomes",
                    models.JSONField(blank=True, default=list, verbose_name="outcomes"),
                ),
                (
                    "primary_agent",
                    models.CharField(
                        db_default="master_agent",
                        default="master_agent",
                        max_length=50,
                        verbose_name="first agent",
                    ),
                ),
                (
                    "involved_agents",
                    models.JSONField(blank=True, default=list, verbose_name="agents involved"),
                ),
                (
                    "agent_handoffs",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[conversations.models.conversations.validate_handoffs],
                        verbose_name="handoffs",
                    ),
                ),
                (
                    "total_turns",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="turns"),
                ),
                (
                    "user_messages_count",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="messages of the user"
                    ),
                ),
                (
                    "agent_messages_count",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="messages of agents"
                    ),
                ),
                (
                    "average_response_time",
                    models.FloatField(
                        blank=True,
                        help_text="Milliseconds.",
                        null=True,
                        verbose_name="average response time",
                    ),
                ),
                (
                    "user_satisfaction_score",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1..10",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="satisfaction",
                    ),
                ),
                (
                    "conversation_quality_score",
                    models.FloatField(
                        blank=True, help_text="0..100", null=True, verbose_name="quality"
                    ),
                ),
                ("user_feedback", models.TextField(blank=True, verbose_name="feedback")),
                (
                    "business_value_generated",
                    models.CharField(blank=True, max_length=100, verbose_name="business value"),
                ),
                (
                    "actionable_insights_count",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="actionable insights"
                    ),
                ),
                (
                    "follow_up_required",
                    models.BooleanField(default=False, verbose_name="to be followed up"),
                ),
                (
                    "follow_up_date",
                    models.DateTimeField(blank=True, null=True, verbose_name="follow up on"),
                ),
                (
                    "started_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        verbose_name="started at",
                    ),
                ),
                (
                    "last_activity_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        verbose_name="last activity at",
                    ),
                ),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="completed at"),
                ),
                (
                    "duration_minutes",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("completed_at"),
                            models.F("started_at"),
                            arg_joiner=" - ",
                            template="floor(extract(epoch from %(expressions)s) / 60)::integer",
                        ),
                        help_text="Whole minutes from the start to the end; empty while it goes on.",
                        output_field=models.IntegerField(),
                        verbose_name="duration",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        db_index=False,
                        related_name="conversations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "conversation",
                "verbose_name_plural": "conversations",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "user", "-last_activity_at"],
                        name="conversations_conv_user",
                    ),
                    models.Index(
                        fields=["workspace", "status", "-last_activity_at"],
                        name="conversations_conv_status",
                    ),
                    models.Index(
                        fields=["workspace", "conversation_type", "-started_at"],
                        name="conversations_conv_type",
                    ),
                    models.Index(
                        fields=["workspace", "-started_at"], name="conversations_conv_started"
                    ),
                    models.Index(
                        fields=["workspace", "-last_activity_at"],
                        name="conversations_conv_activity",
                    ),
                    models.Index(
                        condition=models.Q(("follow_up_required", True)),
                        fields=["workspace", "follow_up_date"],
                        name="conversations_conv_follow_up",
                    ),
                    models.Index(fields=["updated_at"], name="conversations_conv_updated"),
                    models.Index(
                        condition=models.Q(("status", "active")),
                        fields=["last_activity_at"],
                        name="conversations_conv_silent",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "session_id"),
                        name="conversations_conversation_session",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conversation_type__isnull", True),
                            (
                                "conversation_type__in",
                                [
                                    "onboarding",
                                    "consultation",
                                    "campaign_planning",
                                    "content_creation",
                                    "performance_review",
                                    "support",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversation_conversation_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conversation_stage__isnull", True),
                            (
                                "conversation_stage__in",
                                [
                                    "initial",
                                    "personal_info",
                                    "business_discovery",
                                    "website_analysis",
                                    "competitor_analysis",
                                    "data_synthesis",
                                    "recommendations",
                                    "complete",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversation_conversation_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["active", "completed", "abandoned"]),
                            _connector="OR",
                        ),
                        name="conversations_conversation_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completion_reason__isnull", True),
                            (
                                "completion_reason__in",
                                [
                                    "goal_achieved",
                                    "user_ended",
                                    "transferred",
                                    "inactive",
                                    "failed",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversation_completion_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("completed_at__isnull", False), ("status", "completed")),
                            models.Q(
                                models.Q(("status", "completed"), _negated=True),
                                ("completed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversation_completed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_at__isnull", True),
                            ("completed_at__isnull", True),
                            ("completed_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="conversations_conversation_completed_at_after_started_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_at__isnull", True),
                            ("last_activity_at__isnull", True),
                            ("last_activity_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="conversations_conversation_last_activity_at_after_started_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user_satisfaction_score__isnull", True),
                            models.Q(
                                ("user_satisfaction_score__gte", 1),
                                ("user_satisfaction_score__lte", 10),
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversation_user_satisfaction_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conversation_quality_score__isnull", True),
                            models.Q(
                                ("conversation_quality_score__gte", 0),
                                ("conversation_quality_score__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversation_conversation_quality_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("average_response_time__isnull", True),
                            models.Q(
                                ("average_response_time__gte", 0),
                                ("average_response_time__lt", float("inf")),
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversation_average_response_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total_turns__isnull", True), ("total_turns__gte", 0), _connector="OR"
                        ),
                        name="conversations_conversation_total_turns",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user_messages_count__isnull", True),
                            ("user_messages_count__gte", 0),
                            _connector="OR",
                        ),
                        name="conversations_conversation_user_messages_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agent_messages_count__isnull", True),
                            ("agent_messages_count__gte", 0),
                            _connector="OR",
                        ),
                        name="conversations_conversation_agent_messages_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actionable_insights_count__isnull", True),
                            ("actionable_insights_count__gte", 0),
                            _connector="OR",
                        ),
                        name="conversations_conversation_actionable_insights_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total_turns__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("user_messages_count"),
                                    "+",
                                    models.F("agent_messages_count"),
                                ),
                            )
                        ),
                        name="conversations_conversation_turns_hold_messages",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgentInteraction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                ("agent_name", models.CharField(max_length=100, verbose_name="agent")),
                (
                    "agent_type",
                    models.CharField(
                        choices=[
                            ("master", "master"),
                            ("cultural_context", "cultural context"),
                            ("perplexity", "web research (Perplexity)"),
                            ("seranking", "search ranking (SE Ranking)"),
                            ("data_synthesis", "data synthesis"),
                        ],
                        max_length=50,
                        verbose_name="kind of agent",
                    ),
                ),
                (
                    "agent_version",
                    models.CharField(blank=True, max_length=50, verbose_name="version"),
                ),
                (
                    "interaction_type",
                    models.CharField(
                        choices=[
                            ("routing", "routing"),
                            ("analysis", "analysis"),
                            ("generation", "generation"),
                            ("tool_call", "call of a tool"),
                            ("handoff", "handoff"),
                            ("synthesis", "synthesis"),
                        ],
                        max_length=50,
                        verbose_name="type",
                    ),
                ),
                ("input_data", models.JSONField(blank=True, default=dict, verbose_name="input")),
                ("output_data", models.JSONField(blank=True, default=dict, verbose_name="output")),
                (
                    "execution_time_ms",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Milliseconds.",
                        null=True,
                        verbose_name="execution time",
                    ),
                ),
                (
                    "success",
                    models.BooleanField(db_default=True, default=True, verbose_name="succeeded"),
                ),
                ("error_message", models.TextField(blank=True, verbose_name="error")),
                (
                    "confidence_score",
                    models.FloatField(
                        blank=True, help_text="0..1", null=True, verbose_name="confidence"
                    ),
                ),
                (
                    "tokens_consumed",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="tokens"),
                ),
                (
                    "api_calls_made",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="API calls"),
                ),
                (
                    "cost_incurred",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="US dollars.",
                        max_digits=14,
                        null=True,
                        verbose_name="cost",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "conversation",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        db_index=False,
                        related_name="agent_interactions",
                        to="conversations.conversation",
                        verbose_name="conversation",
                    ),
                ),
            ],
            options={
                "verbose_name": "agent interaction",
                "verbose_name_plural": "agent interactions",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "agent_name", "-created_at"],
                        name="conversations_agent_name",
                    ),
                    models.Index(
                        fields=["workspace", "conversation", "created_at"],
                        name="conversations_agent_conv",
                    ),
                    models.Index(
                        fields=["workspace", "-created_at"], name="conversations_agent_recent"
                    ),
                    models.Index(fields=["workspace", "-id"], name="conversations_agent_newest"),
                    models.Index(fields=["created_at"], name="conversations_agent_created"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agent_type__isnull", True),
                            (
                                "agent_type__in",
                                [
                                    "master",
                                    "cultural_context",
                                    "perplexity",
                                    "seranking",
                                    "data_synthesis",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="conversations_agentinteraction_agent_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interaction_type__isnull", True),
                            (
                                "interaction_type__in",
                                [
                                    "routing",
                                    "analysis",
                                    "generation",
                                    "tool_call",
                                    "handoff",
                                    "synthesis",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="conversations_agentinteraction_interaction_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_score__isnull", True),
                            models.Q(("confidence_score__gte", 0), ("confidence_score__lte", 1)),
                            _connector="OR",
                        ),
                        name="conversations_agentinteraction_confidence_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("execution_time_ms__isnull", True),
                            ("execution_time_ms__gte", 0),
                            _connector="OR",
                        ),
                        name="conversations_agentinteraction_execution_time_ms",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tokens_consumed__isnull", True),
                            ("tokens_consumed__gte", 0),
                            _connector="OR",
                        ),
                        name="conversations_agentinteraction_tokens_consumed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("api_calls_made__isnull", True),
                            ("api_calls_made__gte", 0),
                            _connector="OR",
                        ),
                        name="conversations_agentinteraction_api_calls_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost_incurred__isnull", True),
                            ("cost_incurred__gte", 0),
                            _connector="OR",
                        ),
                        name="conversations_agentinteraction_cost_incurred",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConversationState",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                ("state_name", models.CharField(max_length=100, verbose_name="state")),
                (
                    "state_type",
                    models.CharField(
                        choices=[
                            ("onboarding", "onboarding"),
                            ("consultation", "consultation"),
                            ("campaign_planning", "campaign planning"),
                            ("content_creation", "content creation"),
                            ("performance_review", "performance review"),
                            ("support", "support"),
                        ],
                        db_default="onboarding",
                        default="onboarding",
                        max_length=50,
                        verbose_name="type",
                    ),
                ),
                (
                    "previous_state",
                    models.CharField(blank=True, max_length=100, verbose_name="state before"),
                ),
                ("state_data", models.JSONField(blank=True, default=dict, verbose_name="data")),
                (
                    "completion_percentage",
                    models.PositiveSmallIntegerField(
                        db_default=0, default=0, help_text="0..100", verbose_name="completion"
                    ),
                ),
                (
                    "is_completed",
                    models.BooleanField(db_default=False, default=False, verbose_name="completed"),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        verbose_name="entered at",
                    ),
                ),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="completed at"),
                ),
                (
                    "duration_seconds",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("completed_at"),
                            models.F("entered_at"),
                            arg_joiner=" - ",
                            template="floor(extract(epoch from %(expressions)s))::integer",
                        ),
                        help_text="Whole seconds.",
                        output_field=models.IntegerField(),
                        verbose_name="duration",
                    ),
                ),
                (
                    "conversation",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        db_index=False,
                        related_name="states",
                        to="conversations.conversation",
                        verbose_name="conversation",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "state of a conversation",
                "verbose_name_plural": "states of conversations",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "conversation", "entered_at"],
                        name="conversations_state_entered",
                    ),
                    models.Index(
                        fields=["workspace", "state_name", "is_completed"],
                        name="conversations_state_name",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_completed", False)),
                        fields=("workspace", "conversation"),
                        name="conversations_conversationstate_one_present",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state_type__isnull", True),
                            (
                                "state_type__in",
                                [
                                    "onboarding",
                                    "consultation",
                                    "campaign_planning",
                                    "content_creation",
                                    "performance_review",
                                    "support",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversationstate_state_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completion_percentage__isnull", True),
                            models.Q(
                                ("completion_percentage__gte", 0),
                                ("completion_percentage__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversationstate_completion_percentage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("completed_at__isnull", False), ("is_completed", True)),
                            models.Q(("completed_at__isnull", True), ("is_completed", False)),
                            _connector="OR",
                        ),
                        name="conversations_conversationstate_completed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entered_at__isnull", True),
                            ("completed_at__isnull", True),
                            ("completed_at__gte", models.F("entered_at")),
                            _connector="OR",
                        ),
                        name="conversations_conversationstate_completed_at_after_entered_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConversationTurn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                (
                    "turn_number",
                    models.PositiveIntegerField(help_text="Counted from 1.", verbose_name="number"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("user", "user"),
                            ("assistant", "assistant"),
                            ("system", "system"),
                        ],
                        max_length=50,
                        verbose_name="role",
                    ),
                ),
                ("content", models.TextField(verbose_name="content")),
                ("agent_name", models.CharField(blank=True, max_length=100, verbose_name="agent")),
                (
                    "agent_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("master", "master"),
                            ("cultural_context", "cultural context"),
                            ("perplexity", "web research (Perplexity)"),
                            ("seranking", "search ranking (SE Ranking)"),
                            ("data_synthesis", "data synthesis"),
                        ],
                        max_length=50,
                        null=True,
                        verbose_name="kind of agent",
                    ),
                ),
                (
                    "agent_confidence",
                    models.FloatField(
                        blank=True, help_text="0..1", null=True, verbose_name="confidence"
                    ),
                ),
                (
                    "message_type",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("image", "image"),
                            ("file", "file"),
                            ("voice", "voice"),
                            ("suggestion", "suggestion"),
                            ("report", "report"),
                        ],
                        db_default="text",
                        default="text",
                        max_length=50,
                        verbose_name="kind of message",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic"), ("mixed", "both, mixed")],
                        db_default="en",
                        default="en",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "cultural_context_applied",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="cultural context applied"
                    ),
                ),
                (
                    "processing_time_ms",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Milliseconds.",
                        null=True,
                        verbose_name="processing time",
                    ),
                ),
                (
                    "tokens_used",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="tokens"),
                ),
                (
                    "cost_usd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="US dollars.",
                        max_digits=14,
                        null=True,
                        verbose_name="cost",
                    ),
                ),
                (
                    "external_apis_used",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="A name for every call.",
                        verbose_name="APIs used",
                    ),
                ),
                (
                    "api_response_data",
                    models.JSONField(blank=True, default=dict, verbose_name="answers of APIs"),
                ),
                (
                    "user_feedback",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("helpful", "helpful"),
                            ("not_helpful", "not helpful"),
                            ("incorrect", "incorrect"),
                            ("inappropriate", "inappropriate"),
                        ],
                        max_length=50,
                        null=True,
                        verbose_name="feedback",
                    ),
                ),
                (
                    "user_rating",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="1..5", null=True, verbose_name="rating"
                    ),
                ),
                (
                    "follow_up_questions",
                    models.JSONField(blank=True, default=list, verbose_name="follow-up questions"),
                ),
                (
                    "triggered_agent_handoff",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="led to a handoff"
                    ),
                ),
                (
                    "next_expected_action",
                    models.CharField(blank=True, max_length=100, verbose_name="expected next"),
                ),
                (
                    "conversation_stage_transition",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="stage that it led to"
                    ),
                ),
                (
                    "intent_detected",
                    models.CharField(blank=True, max_length=100, verbose_name="intent"),
                ),
                (
                    "entities_extracted",
                    models.JSONField(blank=True, default=dict, verbose_name="entities"),
                ),
                (
                    "sentiment_score",
                    models.FloatField(
                        blank=True, help_text="-1..1", null=True, verbose_name="sentiment"
                    ),
                ),
                (
                    "conversation",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        db_index=False,
                        related_name="turns",
                        to="conversations.conversation",
                        verbose_name="conversation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        help_text="Whose conversation it is.",
                        on_delete=django.db.models.deletion.CASCADE,
                        db_index=False,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "turn",
                "verbose_name_plural": "turns",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "user", "created_at"], name="conversations_turn_user"
                    ),
                    models.Index(
                        fields=["workspace", "-created_at"], name="conversations_turn_recent"
                    ),
                    models.Index(fields=["workspace", "-id"], name="conversations_turn_newest"),
                    models.Index(fields=["created_at"], name="conversations_turn_created"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "conversation", "turn_number"),
                        name="conversations_conversationturn_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("turn_number__gte", 1)),
                        name="conversations_conversationturn_turn_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__isnull", True),
                            ("role__in", ["user", "assistant", "system"]),
                            _connector="OR",
                        ),
                        name="conversations_conversationturn_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agent_type__isnull", True),
                            (
                                "agent_type__in",
                                [
                                    "master",
                                    "cultural_context",
                                    "perplexity",
                                    "seranking",
                                    "data_synthesis",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversationturn_agent_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("message_type__isnull", True),
                            (
                                "message_type__in",
                                ["text", "image", "file", "voice", "suggestion", "report"],
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversationturn_message_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("language__isnull", True),
                            ("language__in", ["en", "ar", "mixed"]),
                            _connector="OR",
                        ),
                        name="conversations_conversationturn_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user_feedback__isnull", True),
                            (
                                "user_feedback__in",
                                ["helpful", "not_helpful", "incorrect", "inappropriate"],
                            ),
                            _connector="OR",
                        ),
                        name="conversations_conversationturn_user_feedback",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agent_confidence__isnull", True),
                            models.Q(("agent_confidence__gte", 0), ("agent_confidence__lte", 1)),
                            _connector="OR",
                        ),
                        name="conversations_conversationturn_agent_confidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user_rating__isnull", True),
                            models.Q(("user_rating__gte", 1), ("user_rating__lte", 5)),
                            _connector="OR",
                        ),
                        name="conversations_conversationturn_user_rating",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sentiment_score__isnull", True),
                            models.Q(("sentiment_score__gte", -1), ("sentiment_score__lte", 1)),
                            _connector="OR",
                        ),
                        name="conversations_conversationturn_sentiment_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("processing_time_ms__isnull", True),
                            ("processing_time_ms__gte", 0),
                            _connector="OR",
                        ),
                        name="conversations_conversationturn_processing_time_ms",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tokens_used__isnull", True), ("tokens_used__gte", 0), _connector="OR"
                        ),
                        name="conversations_conversationturn_tokens_used",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost_usd__isnull", True), ("cost_usd__gte", 0), _connector="OR"
                        ),
                        name="conversations_conversationturn_cost_usd",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KnowledgeDocument",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("url", models.URLField(blank=True, max_length=2000, verbose_name="web address")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic")],
                        db_default="en",
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("body", models.TextField(verbose_name="text")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("document", "document"),
                            ("web_scraped", "read from the web"),
                            ("user_generated", "written by a user"),
                        ],
                        db_default="document",
                        default="document",
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("product_docs", "product documentation"),
                            ("market_trends", "market trends"),
                            ("competitor_intel", "competitors"),
                            ("campaign_history", "past campaigns"),
                        ],
                        max_length=20,
                        verbose_name="category",
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="tags",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Empty: the platform's own, readable by every workspace.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "knowledge document",
                "verbose_name_plural": "knowledge documents",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "category", "-updated_at"],
                        name="conversations_doc_category",
                    ),
                    models.Index(
                        fields=["workspace", "source", "-updated_at"],
                        name="conversations_doc_source",
                    ),
                    models.Index(
                        fields=["workspace", "-updated_at"], name="conversations_doc_updated"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                "title", "body", config="english"
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                "title", "body", config="arabic"
                            ),
                            django.contrib.postgres.search.SearchConfig("english"),
                        ),
                        name="conversations_doc_words",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["tags"], name="conversations_doc_tags"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("language__isnull", True),
                            ("language__in", ["en", "ar"]),
                            _connector="OR",
                        ),
                        name="conversations_knowledgedocument_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source__isnull", True),
                            ("source__in", ["document", "web_scraped", "user_generated"]),
                            _connector="OR",
                        ),
                        name="conversations_knowledgedocument_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("category__isnull", True),
                            (
                                "category__in",
                                [
                                    "product_docs",
                                    "market_trends",
                                    "competitor_intel",
                                    "campaign_history",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="conversations_knowledgedocument_category",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KnowledgeChunk",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "embedding",
                    pgvector.django.halfvec.HalfVectorField(
                        blank=True, editable=False, null=True, verbose_name="embedding"
                    ),
                ),
                (
                    "embedding_model",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all-minilm-l6-v2", "all-MiniLM-L6-v2"),
                            ("text-embedding-3-small", "text-embedding-3-small"),
                            ("text-embedding-3-large", "text-embedding-3-large"),
                        ],
                        editable=False,
                        max_length=40,
                        verbose_name="embedding model",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Within the document, counted from 0.",
                        verbose_name="position",
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Empty: the platform's own, readable by every workspace.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "document",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="conversations.knowledgedocument",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "chunk",
                "verbose_name_plural": "chunks",
                "indexes": [
                    models.Index(
                        fields=["workspace", "embedding_model"], name="conversations_chunk_model"
                    ),
                    pgvector.django.indexes.HnswIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.comparison.Cast(
                                "embedding", pgvector.django.halfvec.HalfVectorField(dimensions=384)
                            ),
                            name="halfvec_cosine_ops",
                        ),
                        condition=models.Q(("embedding_model", "all-minilm-l6-v2")),
                        ef_construction=64,
                        m=16,
                        name="conversations_chunk_0_hnsw",
                    ),
                    pgvector.django.indexes.HnswIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.comparison.Cast(
                                "embedding",
                                pgvector.django.halfvec.HalfVectorField(dimensions=1536),
                            ),
                            name="halfvec_cosine_ops",
                        ),
                        condition=models.Q(("embedding_model", "text-embedding-3-small")),
                        ef_construction=64,
                        m=16,
                        name="conversations_chunk_1_hnsw",
                    ),
                    pgvector.django.indexes.HnswIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.comparison.Cast(
                                "embedding",
                                pgvector.django.halfvec.HalfVectorField(dimensions=1536),
                            ),
                            name="halfvec_cosine_ops",
                        ),
                        condition=models.Q(("embedding_model", "text-embedding-3-large")),
                        ef_construction=64,
                        m=16,
                        name="conversations_chunk_2_hnsw",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "document", "position"),
                        name="conversations_knowledgechunk_place",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("position__isnull", True), ("position__gte", 0), _connector="OR"
                        ),
                        name="conversations_knowledgechunk_position",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="conversations_knowledgechunk_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("embedding__isnull", True), ("embedding_model", "")),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        "embedding",
                                        function="vector_dims",
                                        output_field=models.IntegerField(),
                                    ),
                                    384,
                                ),
                                ("embedding__isnull", False),
                                ("embedding_model", "all-minilm-l6-v2"),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        "embedding",
                                        function="vector_dims",
                                        output_field=models.IntegerField(),
                                    ),
                                    1536,
                                ),
                                ("embedding__isnull", False),
                                ("embedding_model", "text-embedding-3-small"),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        "embedding",
                                        function="vector_dims",
                                        output_field=models.IntegerField(),
                                    ),
                                    1536,
                                ),
                                ("embedding__isnull", False),
                                ("embedding_model", "text-embedding-3-large"),
                            ),
                            _connector="OR",
                        ),
                        name="conversations_knowledgechunk_embedding_length",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MarketingInsight",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                (
                    "insight_type",
                    models.CharField(
                        choices=[
                            ("market_trend", "market trend"),
                            ("competitor", "competitor"),
                            ("audience", "audience"),
                            ("content", "content"),
                            ("campaign", "campaign"),
                            ("budget", "budget"),
                            ("seo", "search engines"),
                            ("cultural", "culture"),
                        ],
                        max_length=100,
                        verbose_name="type",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("description", models.TextField(verbose_name="description")),
                ("insight_data", models.JSONField(default=dict, verbose_name="data")),
                (
                    "confidence_score",
                    models.FloatField(help_text="0..1", verbose_name="confidence"),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[
                            ("low", "low"),
                            ("medium", "medium"),
                            ("high", "high"),
                            ("critical", "critical"),
                        ],
                        db_default="medium",
                        default="medium",
                        max_length=50,
                        verbose_name="priority",
                    ),
                ),
                (
                    "data_sources",
                    models.JSONField(blank=True, default=list, verbose_name="sources"),
                ),
                ("generated_by_agent", models.CharField(max_length=100, verbose_name="agent")),
                (
                    "estimated_impact",
                    models.CharField(
                        blank=True,
                        choices=[("low", "low"), ("medium", "medium"), ("high", "high")],
                        max_length=50,
                        null=True,
                        verbose_name="impact",
                    ),
                ),
                (
                    "implementation_effort",
                    models.CharField(
                        blank=True,
                        choices=[("low", "low"), ("medium", "medium"), ("high", "high")],
                        max_length=50,
                        null=True,
                        verbose_name="effort",
                    ),
                ),
                (
                    "estimated_roi",
                    models.FloatField(
                        blank=True,
                        help_text="Estimated gain for each unit spent: 0.5 is half as much again.",
                        null=True,
                        verbose_name="return on investment",
                    ),
                ),
                (
                    "user_rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1..5",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="rating",
                    ),
                ),
                ("user_feedback", models.TextField(blank=True, verbose_name="feedback")),
                (
                    "implemented",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="implemented"
                    ),
                ),
                (
                    "implementation_date",
                    models.DateTimeField(blank=True, null=True, verbose_name="implemented at"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "active"),
                            ("implemented", "implemented"),
                            ("dismissed", "dismissed"),
                            ("expired", "expired"),
                        ],
                        db_default="active",
                        default="active",
                        max_length=50,
                        verbose_name="status",
                    ),
                ),
                (
                    "expires_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="expires at"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        db_index=False,
                        related_name="marketing_insights",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "marketing insight",
                "verbose_name_plural": "marketing insights",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "user", "-created_at"],
                        name="conversations_insight_user",
                    ),
                    models.Index(
                        fields=["workspace", "status", "priority"],
                        name="conversations_insight_status",
                    ),
                    models.Index(
                        fields=["workspace", "insight_type", "-created_at"],
                        name="conversations_insight_type",
                    ),
                    models.Index(
                        fields=["workspace", "-created_at"], name="conversations_insight_recent"
                    ),
                    models.Index(
                        condition=models.Q(("status", "active")),
                        fields=["expires_at"],
                        name="conversations_insight_expires",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("insight_type__isnull", True),
                            (
                                "insight_type__in",
                                [
                                    "market_trend",
                                    "competitor",
                                    "audience",
                                    "content",
                                    "campaign",
                                    "budget",
                                    "seo",
                                    "cultural",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="conversations_marketinginsight_insight_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("priority__isnull", True),
                            ("priority__in", ["low", "medium", "high", "critical"]),
                            _connector="OR",
                        ),
                        name="conversations_marketinginsight_priority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("estimated_impact__isnull", True),
                            ("estimated_impact__in", ["low", "medium", "high"]),
                            _connector="OR",
                        ),
                        name="conversations_marketinginsight_estimated_impact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("implementation_effort__isnull", True),
                            ("implementation_effort__in", ["low", "medium", "high"]),
                            _connector="OR",
                        ),
                        name="conversations_marketinginsight_implementation_effort",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__isnull", True),
                            ("status__in", ["active", "implemented", "dismissed", "expired"]),
                            _connector="OR",
                        ),
                        name="conversations_marketinginsight_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_score__isnull", True),
                            models.Q(("confidence_score__gte", 0), ("confidence_score__lte", 1)),
                            _connector="OR",
                        ),
                        name="conversations_marketinginsight_confidence_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("estimated_roi__isnull", True),
                            models.Q(
                                ("estimated_roi__gte", -1), ("estimated_roi__lt", float("inf"))
                            ),
                            _connector="OR",
                        ),
                        name="conversations_marketinginsight_estimated_roi",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user_rating__isnull", True),
                            models.Q(("user_rating__gte", 1), ("user_rating__lte", 5)),
                            _connector="OR",
                        ),
                        name="conversations_marketinginsight_user_rating",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("implementation_date__isnull", False),
                                ("implemented", True),
                                ("status", "implemented"),
                            ),
                            models.Q(
                                models.Q(("status", "implemented"), _negated=True),
                                ("implementation_date__isnull", True),
                                ("implemented", False),
                            ),
                            _connector="OR",
                        ),
                        name="conversations_marketinginsight_implemented",
                    ),
                ],
            },
        ),
    ]
