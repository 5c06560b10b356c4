"""The history of what people configure: tables, triggers, row security."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import accounts.history
import accounts.models.base
import accounts.models.profiles
import accounts.models.workspaces
import accounts.tenancy.history
from accounts.tenancy.history import secured_history
from accounts.tenancy.operations import IN_WORKSPACE, own_rows_anywhere

FOR_ADMINS = f"{IN_WORKSPACE} and (select current_setting('app.role', true)) in ('owner', 'admin')"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_secure_profiles_and_credentials"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiKeyHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
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
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ingest", "ingest: sends events, reads nothing"),
                            ("server", "server: a program of the workspace"),
                            ("personal", "personal: acts as its user"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "prefix",
                    models.CharField(
                        help_text="The first characters, to tell keys apart.",
                        max_length=40,
                        verbose_name="prefix",
                    ),
                ),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="scopes",
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="revoked at"),
                ),
                (
                    "acted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.apikey",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Whom a personal key acts as.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "history",
                "verbose_name_plural": "history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CredentialHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("openai", "OpenAI"),
                            ("anthropic", "Anthropic"),
                            ("perplexity", "Perplexity"),
                            ("seranking", "SE Ranking"),
                            ("hubspot", "HubSpot"),
                            ("smtp", "mail server"),
                            ("webhook", "webhook signing secret"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        default="default",
                        help_text="Tells several of one kind apart.",
                        max_length=100,
                        verbose_name="name",
                    ),
                ),
                (
                    "last_four",
                    models.CharField(
                        editable=False, max_length=4, verbose_name="last four characters"
                    ),
                ),
                (
                    "replaced_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="replaced at"
                    ),
                ),
                (
                    "acted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stored by",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.credential",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "history",
                "verbose_name_plural": "history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CulturalContextHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
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
                    "cultural_background",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("saudi", "Saudi"),
                            ("gulf", "Gulf"),
                            ("arab", "Arab"),
                            ("international", "international"),
                        ],
                        max_length=50,
                        null=True,
                        verbose_name="background",
                    ),
                ),
                (
                    "native_language",
                    models.CharField(
                        db_default="ar",
                        default="ar",
                        help_text="ISO 639 code, such as ar.",
                        max_length=10,
                        verbose_name="native language",
                    ),
                ),
                (
                    "secondary_languages",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[accounts.models.profiles.validate_words],
                        verbose_name="other languages",
                    ),
                ),
                (
                    "cultural_fluency_level",
                    models.CharField(
                        choices=[
                            ("native", "native"),
                            ("fluent", "fluent"),
                            ("familiar", "familiar"),
                            ("learning", "learning"),
                        ],
                        db_default="native",
                        default="native",
                        max_length=50,
                        verbose_name="cultural fluency",
                    ),
                ),
                (
                    "religious_considerations",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="religious considerations"
                    ),
                ),
                (
                    "halal_marketing_required",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="halal marketing required"
                    ),
                ),
                (
                    "prayer_time_awareness",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="mind prayer times"
                    ),
                ),
                (
                    "ramadan_marketing_adjustments",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="adjust for Ramadan"
                    ),
                ),
                (
                    "primary_region",
                    models.CharField(blank=True, max_length=50, verbose_name="main region"),
                ),
                (
                    "regional_dialect_preference",
                    models.CharField(blank=True, max_length=50, verbose_name="dialect"),
                ),
                (
                    "local_market_focus",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="focus on the local market"
                    ),
                ),
                (
                    "regional_business_customs",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[accounts.models.profiles.validate_words],
                        verbose_name="regional business customs",
                    ),
                ),
                (
                    "business_relationship_style",
                    models.CharField(
                        choices=[
                            ("relationship_first", "relationship first"),
                            ("balanced", "balanced"),
                            ("task_first", "task first"),
                        ],
                        db_default="relationship_first",
                        default="relationship_first",
                        max_length=50,
                        verbose_name="style of business relations",
                    ),
                ),
                (
                    "hierarchy_awareness",
                    models.CharField(
                        choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                        db_default="high",
                        default="high",
                        max_length=50,
                        verbose_name="awareness of hierarchy",
                    ),
                ),
                (
                    "decision_making_style",
                    models.CharField(
                        choices=[
                            ("consultative", "consultative"),
                            ("consensus", "by consensus"),
                            ("top_down", "from the top"),
                            ("individual", "individual"),
                        ],
                        db_default="consultative",
                        default="consultative",
                        max_length=50,
                        verbose_name="style of decisions",
                    ),
                ),
                (
                    "communication_directness",
                    models.CharField(
                        choices=[
                            ("indirect", "indirect"),
                            ("balanced", "balanced"),
                            ("direct", "direct"),
                        ],
                        db_default="indirect",
                        default="indirect",
                        max_length=50,
                        verbose_name="directness of communication",
                    ),
                ),
                (
                    "vision_2030_alignment",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="in line with Vision 2030"
                    ),
                ),
                (
                    "sustainability_focus",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="focus on sustainability"
                    ),
                ),
                (
                    "diversification_support",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="supports diversification"
                    ),
                ),
                (
                    "local_content_preference",
                    models.PositiveSmallIntegerField(
                        db_default=7,
                        default=7,
                        help_text="1 to 10",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="preference for local content",
                    ),
                ),
                (
                    "cultural_taboos_awareness",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[accounts.models.profiles.validate_words],
                        verbose_name="taboos to mind",
                    ),
                ),
                (
                    "preferred_imagery_style",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("traditional", "traditional"),
                            ("modern", "modern"),
                            ("mixed", "both, mixed"),
                            ("abstract", "abstract, without people"),
                        ],
                        max_length=50,
                        null=True,
                        verbose_name="style of imagery",
                    ),
                ),
                (
                    "color_symbolism_awareness",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="mind the meaning of colours"
                    ),
                ),
                (
                    "text_direction_preference",
                    models.CharField(
                        choices=[
                            ("rtl", "right to left"),
                            ("ltr", "left to right"),
                            ("auto", "as the language has it"),
                        ],
                        db_default="rtl",
                        default="rtl",
                        max_length=50,
                        verbose_name="text direction",
                    ),
                ),
                (
                    "traditional_values_importance",
                    models.PositiveSmallIntegerField(
                        db_default=7,
                        default=7,
                        help_text="1 to 10",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="importance of traditional values",
                    ),
                ),
                (
                    "modern_approach_openness",
                    models.PositiveSmallIntegerField(
                        db_default=8,
                        default=8,
                        help_text="1 to 10",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="openness to modern approaches",
                    ),
                ),
                (
                    "innovation_acceptance",
                    models.CharField(
                        choices=[
                            ("selective", "selective"),
                            ("cautious", "cautious"),
                            ("open", "open"),
                            ("pioneering", "pioneering"),
                        ],
                        db_default="selective",
                        default="selective",
                        max_length=50,
                        verbose_name="acceptance of innovation",
                    ),
                ),
                (
                    "acted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.culturalcontext",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "history",
                "verbose_name_plural": "history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MembershipHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
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
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "owner"),
                            ("admin", "admin"),
                            ("editor", "editor"),
                            ("analyst", "analyst"),
                            ("viewer", "viewer"),
                        ],
                        default="editor",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "acted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "history",
                "verbose_name_plural": "history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UserProfileHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
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
                    "job_title",
                    models.CharField(blank=True, max_length=200, verbose_name="job title"),
                ),
                (
                    "department",
                    models.CharField(blank=True, max_length=100, verbose_name="department"),
                ),
                (
                    "seniority_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("entry", "entry"),
                            ("mid", "mid"),
                            ("senior", "senior"),
                            ("executive", "executive"),
                            ("c-level", "C-level"),
                        ],
                        max_length=50,
                        null=True,
                        verbose_name="seniority",
                    ),
                ),
                (
                    "years_of_experience",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(80)],
                        verbose_name="years of experience",
                    ),
                ),
                (
                    "industry_primary",
                    models.CharField(blank=True, max_length=100, verbose_name="industry"),
                ),
                (
                    "industry_secondary",
                    models.CharField(blank=True, max_length=100, verbose_name="second industry"),
                ),
                (
                    "business_model",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("b2b", "business to business"),
                            ("b2c", "business to consumers"),
                            ("b2b2c", "business to business to consumers"),
                            ("marketplace", "marketplace"),
                        ],
                        max_length=50,
                        null=True,
                        verbose_name="business model",
                    ),
                ),
                (
                    "target_market",
                    models.CharField(blank=True, max_length=100, verbose_name="target market"),
                ),
                (
                    "country",
                    models.CharField(
                        db_default="SA",
                        default="SA",
                        help_text="ISO 3166 code, such as SA.",
                        max_length=2,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{2}$")],
                        verbose_name="country",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                (
                    "region",
                    models.CharField(
                        blank=True,
                        help_text="Riyadh, Makkah, Eastern …",
                        max_length=100,
                        verbose_name="region",
                    ),
                ),
                (
                    "timezone",
                    models.CharField(
                        db_default="Asia/Riyadh",
                        default="Asia/Riyadh",
                        max_length=64,
                        validators=[accounts.models.workspaces.validate_timezone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "preferred_language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic"), ("mixed", "both, mixed")],
                        db_default="en",
                        default="en",
                        max_length=50,
                        verbose_name="preferred language",
                    ),
                ),
                (
                    "communication_style",
                    models.CharField(
                        choices=[
                            ("professional", "professional"),
                            ("formal", "formal"),
                            ("friendly", "friendly"),
                            ("casual", "casual"),
                        ],
                        db_default="professional",
                        default="professional",
                        max_length=50,
                        verbose_name="communication style",
                    ),
                ),
                (
                    "response_format_preference",
                    models.CharField(
                        choices=[
                            ("detailed", "detailed"),
                            ("brief", "brief"),
                            ("bullet_points", "bullet points"),
                            ("visual", "visual"),
                        ],
                        db_default="detailed",
                        default="detailed",
                        max_length=50,
                        verbose_name="format of answers",
                    ),
                ),
                (
                    "marketing_experience_level",
                    models.CharField(
                        choices=[
                            ("beginner", "beginner"),
                            ("intermediate", "intermediate"),
                            ("advanced", "advanced"),
                            ("expert", "expert"),
                        ],
                        db_default="intermediate",
                        default="intermediate",
                        max_length=50,
                        verbose_name="marketing experience",
                    ),
                ),
                (
                    "primary_marketing_goals",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[accounts.models.profiles.validate_words],
                        verbose_name="marketing goals",
                    ),
                ),
                (
                    "marketing_budget_range",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "no budget yet"),
                            ("under_10k", "under 10,000"),
                            ("10k_50k", "10,000 to 50,000"),
                            ("50k_200k", "50,000 to 200,000"),
                            ("200k_1m", "200,000 to 1,000,000"),
                            ("over_1m", "over 1,000,000"),
                        ],
                        help_text="A month, in the workspace's currency.",
                        max_length=50,
                        null=True,
                        verbose_name="marketing budget",
                    ),
                ),
                (
                    "current_marketing_channels",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[accounts.models.profiles.validate_words],
                        verbose_name="marketing channels",
                    ),
                ),
                (
                    "preferred_agent_personality",
                    models.CharField(
                        choices=[
                            ("professional_friendly", "professional and friendly"),
                            ("formal", "formal"),
                            ("enthusiastic", "enthusiastic"),
                            ("analytical", "analytical"),
                        ],
                        db_default="professional_friendly",
                        default="professional_friendly",
                        max_length=50,
                        verbose_name="consultant's manner",
                    ),
                ),
                (
                    "detail_level_preference",
                    models.CharField(
                        choices=[("low", "low"), ("medium", "medium"), ("high", "high")],
                        db_default="medium",
                        default="medium",
                        max_length=50,
                        verbose_name="level of detail",
                    ),
                ),
                (
                    "explanation_style",
                    models.CharField(
                        choices=[
                            ("practical", "practical"),
                            ("theoretical", "theoretical"),
                            ("step_by_step", "step by step"),
                            ("by_example", "by example"),
                        ],
                        db_default="practical",
                        default="practical",
                        max_length=50,
                        verbose_name="style of explanation",
                    ),
                ),
                (
                    "company_size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solo", "one person"),
                            ("micro", "2 to 9 people"),
                            ("small", "10 to 49 people"),
                            ("medium", "50 to 249 people"),
                            ("large", "250 people and more"),
                        ],
                        max_length=50,
                        null=True,
                        verbose_name="company size",
                    ),
                ),
                (
                    "decision_making_authority",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("decides", "decides"),
                            ("shares", "decides with others"),
                            ("recommends", "recommends"),
                            ("none", "has no say"),
                        ],
                        max_length=50,
                        null=True,
                        verbose_name="say in decisions",
                    ),
                ),
                (
                    "data_sharing_consent",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="agrees to data sharing"
                    ),
                ),
                (
                    "marketing_communications_consent",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="agrees to marketing mail"
                    ),
                ),
                (
                    "analytics_consent",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="Without it nothing is recorded about what the person does.",
                        verbose_name="agrees to analytics",
                    ),
                ),
                (
                    "profile_completion_percentage",
                    models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        editable=False,
                        help_text="0 to 100",
                        verbose_name="completion",
                    ),
                ),
                (
                    "custom_attributes",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        validators=[accounts.models.profiles.validate_attributes],
                        verbose_name="custom attributes",
                    ),
                ),
                (
                    "tags",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[accounts.models.profiles.validate_words],
                        verbose_name="tags",
                    ),
                ),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                (
                    "acted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.userprofile",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "history",
                "verbose_name_plural": "history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkspaceHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("slug", models.SlugField(db_index=False, max_length=60, verbose_name="slug")),
                (
                    "subscription_tier",
                    models.CharField(
                        choices=[("free", "free"), ("pro", "pro"), ("enterprise", "enterprise")],
                        default="free",
                        max_length=20,
                        verbose_name="tier",
                    ),
                ),
                (
                    "subscription_status",
                    models.CharField(
                        choices=[
                            ("trialing", "trialing"),
                            ("active", "active"),
                            ("past_due", "past due"),
                            ("cancelled", "cancelled"),
                        ],
                        default="active",
                        max_length=20,
                        verbose_name="subscription",
                    ),
                ),
                (
                    "trial_ends_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="trial ends at"),
                ),
                (
                    "timezone",
                    models.CharField(
                        default="Asia/Riyadh",
                        max_length=64,
                        validators=[accounts.models.workspaces.validate_timezone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        default="SA",
                        max_length=2,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{2}$")],
                        verbose_name="country",
                    ),
                ),
                (
                    "default_language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        default="SAR",
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="currency",
                    ),
                ),
                (
                    "week_start",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=6,
                        verbose_name="week starts on",
                    ),
                ),
                (
                    "acted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "history",
                "verbose_name_plural": "history",
                "abstract": False,
            },
        ),
        accounts.tenancy.history.KeepTriggers(
            model="apikey",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_apikeyhistory" ("id", "created_at", "workspace_id", "user_id", "name", "kind", "prefix", "scopes", "revoked_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."user_id", NEW."name", NEW."kind", NEW."prefix", NEW."scopes", NEW."revoked_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="0c886f356972a8b4a88fb2468140a542edd33ae5",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_3eb3a",
                        table="accounts_apikey",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."prefix" IS DISTINCT FROM (NEW."prefix") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."scopes" IS DISTINCT FROM (NEW."scopes") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "accounts_apikeyhistory" ("id", "created_at", "workspace_id", "user_id", "name", "kind", "prefix", "scopes", "revoked_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."user_id", NEW."name", NEW."kind", NEW."prefix", NEW."scopes", NEW."revoked_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="1ae9850e454ebb09d0bd22a55f259dd22e6444f9",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_524aa",
                        table="accounts_apikey",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_apikeyhistory" ("id", "created_at", "workspace_id", "user_id", "name", "kind", "prefix", "scopes", "revoked_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."user_id", OLD."name", OLD."kind", OLD."prefix", OLD."scopes", OLD."revoked_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="261f1ae4fa0d23fc038694b0263b755ed66a5a6c",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_389f5",
                        table="accounts_apikey",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="credential",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_credentialhistory" ("id", "created_at", "workspace_id", "kind", "name", "last_four", "created_by_id", "replaced_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."kind", NEW."name", NEW."last_four", NEW."created_by_id", NEW."replaced_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="9258a4626faabaf399929417afb610abe63287d4",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_68bb2",
                        table="accounts_credential",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."last_four" IS DISTINCT FROM (NEW."last_four") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."replaced_at" IS DISTINCT FROM (NEW."replaced_at") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "accounts_credentialhistory" ("id", "created_at", "workspace_id", "kind", "name", "last_four", "created_by_id", "replaced_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."kind", NEW."name", NEW."last_four", NEW."created_by_id", NEW."replaced_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="2b534cf1a144ab9f8d3c545e91de742144cc91ce",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_2f2c6",
                        table="accounts_credential",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_credentialhistory" ("id", "created_at", "workspace_id", "kind", "name", "last_four", "created_by_id", "replaced_at", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."kind", OLD."name", OLD."last_four", OLD."created_by_id", OLD."replaced_at", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="a85baaaf95594a19173f471ce2f46b562298d103",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_c75d3",
                        table="accounts_credential",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="culturalcontext",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_culturalcontexthistory" ("id", "created_at", "user_id", "cultural_background", "native_language", "secondary_languages", "cultural_fluency_level", "religious_considerations", "halal_marketing_required", "prayer_time_awareness", "ramadan_marketing_adjustments", "primary_region", "regional_dialect_preference", "local_market_focus", "regional_business_customs", "business_relationship_style", "hierarchy_awareness", "decision_making_style", "communication_directness", "vision_2030_alignment", "sustainability_focus", "diversification_support", "local_content_preference", "cultural_taboos_awareness", "preferred_imagery_style", "color_symbolism_awareness", "text_direction_preference", "traditional_values_importance", "modern_approach_openness", "innovation_acceptance", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."user_id", NEW."cultural_background", NEW."native_language", NEW."secondary_languages", NEW."cultural_fluency_level", NEW."religious_considerations", NEW."halal_marketing_required", NEW."prayer_time_awareness", NEW."ramadan_marketing_adjustments", NEW."primary_region", NEW."regional_dialect_preference", NEW."local_market_focus", NEW."regional_business_customs", NEW."business_relationship_style", NEW."hierarchy_awareness", NEW."decision_making_style", NEW."communication_directness", NEW."vision_2030_alignment", NEW."sustainability_focus", NEW."diversification_support", NEW."local_content_preference", NEW."cultural_taboos_awareness", NEW."preferred_imagery_style", NEW."color_symbolism_awareness", NEW."text_direction_preference", NEW."traditional_values_importance", NEW."modern_approach_openness", NEW."innovation_acceptance", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="65b774669e0248622bd375ab4361f29df37d9df9",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_027d5",
                        table="accounts_culturalcontext",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."business_relationship_style" IS DISTINCT FROM (NEW."business_relationship_style") OR OLD."color_symbolism_awareness" IS DISTINCT FROM (NEW."color_symbolism_awareness") OR OLD."communication_directness" IS DISTINCT FROM (NEW."communication_directness") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."cultural_background" IS DISTINCT FROM (NEW."cultural_background") OR OLD."cultural_fluency_level" IS DISTINCT FROM (NEW."cultural_fluency_level") OR OLD."cultural_taboos_awareness" IS DISTINCT FROM (NEW."cultural_taboos_awareness") OR OLD."decision_making_style" IS DISTINCT FROM (NEW."decision_making_style") OR OLD."diversification_support" IS DISTINCT FROM (NEW."diversification_support") OR OLD."halal_marketing_required" IS DISTINCT FROM (NEW."halal_marketing_required") OR OLD."hierarchy_awareness" IS DISTINCT FROM (NEW."hierarchy_awareness") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."innovation_acceptance" IS DISTINCT FROM (NEW."innovation_acceptance") OR OLD."local_content_preference" IS DISTINCT FROM (NEW."local_content_preference") OR OLD."local_market_focus" IS DISTINCT FROM (NEW."local_market_focus") OR OLD."modern_approach_openness" IS DISTINCT FROM (NEW."modern_approach_openness") OR OLD."native_language" IS DISTINCT FROM (NEW."native_language") OR OLD."prayer_time_awareness" IS DISTINCT FROM (NEW."prayer_time_awareness") OR OLD."preferred_imagery_style" IS DISTINCT FROM (NEW."preferred_imagery_style") OR OLD."primary_region" IS DISTINCT FROM (NEW."primary_region") OR OLD."ramadan_marketing_adjustments" IS DISTINCT FROM (NEW."ramadan_marketing_adjustments") OR OLD."regional_business_customs" IS DISTINCT FROM (NEW."regional_business_customs") OR OLD."regional_dialect_preference" IS DISTINCT FROM (NEW."regional_dialect_preference") OR OLD."religious_considerations" IS DISTINCT FROM (NEW."religious_considerations") OR OLD."secondary_languages" IS DISTINCT FROM (NEW."secondary_languages") OR OLD."sustainability_focus" IS DISTINCT FROM (NEW."sustainability_focus") OR OLD."text_direction_preference" IS DISTINCT FROM (NEW."text_direction_preference") OR OLD."traditional_values_importance" IS DISTINCT FROM (NEW."traditional_values_importance") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."vision_2030_alignment" IS DISTINCT FROM (NEW."vision_2030_alignment"))',
                        func='insert into "accounts_culturalcontexthistory" ("id", "created_at", "user_id", "cultural_background", "native_language", "secondary_languages", "cultural_fluency_level", "religious_considerations", "halal_marketing_required", "prayer_time_awareness", "ramadan_marketing_adjustments", "primary_region", "regional_dialect_preference", "local_market_focus", "regional_business_customs", "business_relationship_style", "hierarchy_awareness", "decision_making_style", "communication_directness", "vision_2030_alignment", "sustainability_focus", "diversification_support", "local_content_preference", "cultural_taboos_awareness", "preferred_imagery_style", "color_symbolism_awareness", "text_direction_preference", "traditional_values_importance", "modern_approach_openness", "innovation_acceptance", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."user_id", NEW."cultural_background", NEW."native_language", NEW."secondary_languages", NEW."cultural_fluency_level", NEW."religious_considerations", NEW."halal_marketing_required", NEW."prayer_time_awareness", NEW."ramadan_marketing_adjustments", NEW."primary_region", NEW."regional_dialect_preference", NEW."local_market_focus", NEW."regional_business_customs", NEW."business_relationship_style", NEW."hierarchy_awareness", NEW."decision_making_style", NEW."communication_directness", NEW."vision_2030_alignment", NEW."sustainability_focus", NEW."diversification_support", NEW."local_content_preference", NEW."cultural_taboos_awareness", NEW."preferred_imagery_style", NEW."color_symbolism_awareness", NEW."text_direction_preference", NEW."traditional_values_importance", NEW."modern_approach_openness", NEW."innovation_acceptance", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="c87a788d84e04a473c9d863bb9c8259230c8ed25",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_e71fc",
                        table="accounts_culturalcontext",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_culturalcontexthistory" ("id", "created_at", "user_id", "cultural_background", "native_language", "secondary_languages", "cultural_fluency_level", "religious_considerations", "halal_marketing_required", "prayer_time_awareness", "ramadan_marketing_adjustments", "primary_region", "regional_dialect_preference", "local_market_focus", "regional_business_customs", "business_relationship_style", "hierarchy_awareness", "decision_making_style", "communication_directness", "vision_2030_alignment", "sustainability_focus", "diversification_support", "local_content_preference", "cultural_taboos_awareness", "preferred_imagery_style", "color_symbolism_awareness", "text_direction_preference", "traditional_values_importance", "modern_approach_openness", "innovation_acceptance", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."user_id", OLD."cultural_background", OLD."native_language", OLD."secondary_languages", OLD."cultural_fluency_level", OLD."religious_considerations", OLD."halal_marketing_required", OLD."prayer_time_awareness", OLD."ramadan_marketing_adjustments", OLD."primary_region", OLD."regional_dialect_preference", OLD."local_market_focus", OLD."regional_business_customs", OLD."business_relationship_style", OLD."hierarchy_awareness", OLD."decision_making_style", OLD."communication_directness", OLD."vision_2030_alignment", OLD."sustainability_focus", OLD."diversification_support", OLD."local_content_preference", OLD."cultural_taboos_awareness", OLD."preferred_imagery_style", OLD."color_symbolism_awareness", OLD."text_direction_preference", OLD."traditional_values_importance", OLD."modern_approach_openness", OLD."innovation_acceptance", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="641ce388748e850a97ec4aeb633ea03877b49614",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_f7974",
                        table="accounts_culturalcontext",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="membership",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_membershiphistory" ("id", "created_at", "workspace_id", "user_id", "role", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."user_id", NEW."role", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="7a73fe859bc9b27f19dcb7b053948b59eafb8e84",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_a7eb0",
                        table="accounts_membership",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                        func='insert into "accounts_membershiphistory" ("id", "created_at", "workspace_id", "user_id", "role", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."workspace_id", NEW."user_id", NEW."role", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="80e3745d0cc4147e1d9ff23fede4cd1a9fb5e08e",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_0c78c",
                        table="accounts_membership",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_membershiphistory" ("id", "created_at", "workspace_id", "user_id", "role", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."workspace_id", OLD."user_id", OLD."role", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="8a4975af8621549c2e956b11fb7866040666a18b",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_96673",
                        table="accounts_membership",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="userprofile",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_userprofilehistory" ("id", "created_at", "user_id", "job_title", "department", "seniority_level", "years_of_experience", "industry_primary", "industry_secondary", "business_model", "target_market", "country", "city", "region", "timezone", "preferred_language", "communication_style", "response_format_preference", "marketing_experience_level", "primary_marketing_goals", "marketing_budget_range", "current_marketing_channels", "preferred_agent_personality", "detail_level_preference", "explanation_style", "company_size", "decision_making_authority", "data_sharing_consent", "marketing_communications_consent", "analytics_consent", "profile_completion_percentage", "custom_attributes", "tags", "notes", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."user_id", NEW."job_title", NEW."department", NEW."seniority_level", NEW."years_of_experience", NEW."industry_primary", NEW."industry_secondary", NEW."business_model", NEW."target_market", NEW."country", NEW."city", NEW."region", NEW."timezone", NEW."preferred_language", NEW."communication_style", NEW."response_format_preference", NEW."marketing_experience_level", NEW."primary_marketing_goals", NEW."marketing_budget_range", NEW."current_marketing_channels", NEW."preferred_agent_personality", NEW."detail_level_preference", NEW."explanation_style", NEW."company_size", NEW."decision_making_authority", NEW."data_sharing_consent", NEW."marketing_communications_consent", NEW."analytics_consent", NEW."profile_completion_percentage", NEW."custom_attributes", NEW."tags", NEW."notes", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="3e23664485f4cf3eec34743aa7f2a0af2189ce1e",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_a490e",
                        table="accounts_userprofile",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."analytics_consent" IS DISTINCT FROM (NEW."analytics_consent") OR OLD."business_model" IS DISTINCT FROM (NEW."business_model") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."communication_style" IS DISTINCT FROM (NEW."communication_style") OR OLD."company_size" IS DISTINCT FROM (NEW."company_size") OR OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."current_marketing_channels" IS DISTINCT FROM (NEW."current_marketing_channels") OR OLD."custom_attributes" IS DISTINCT FROM (NEW."custom_attributes") OR OLD."data_sharing_consent" IS DISTINCT FROM (NEW."data_sharing_consent") OR OLD."decision_making_authority" IS DISTINCT FROM (NEW."decision_making_authority") OR OLD."department" IS DISTINCT FROM (NEW."department") OR OLD."detail_level_preference" IS DISTINCT FROM (NEW."detail_level_preference") OR OLD."explanation_style" IS DISTINCT FROM (NEW."explanation_style") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_primary" IS DISTINCT FROM (NEW."industry_primary") OR OLD."industry_secondary" IS DISTINCT FROM (NEW."industry_secondary") OR OLD."job_title" IS DISTINCT FROM (NEW."job_title") OR OLD."marketing_budget_range" IS DISTINCT FROM (NEW."marketing_budget_range") OR OLD."marketing_communications_consent" IS DISTINCT FROM (NEW."marketing_communications_consent") OR OLD."marketing_experience_level" IS DISTINCT FROM (NEW."marketing_experience_level") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."preferred_agent_personality" IS DISTINCT FROM (NEW."preferred_agent_personality") OR OLD."preferred_language" IS DISTINCT FROM (NEW."preferred_language") OR OLD."primary_marketing_goals" IS DISTINCT FROM (NEW."primary_marketing_goals") OR OLD."profile_completion_percentage" IS DISTINCT FROM (NEW."profile_completion_percentage") OR OLD."region" IS DISTINCT FROM (NEW."region") OR OLD."response_format_preference" IS DISTINCT FROM (NEW."response_format_preference") OR OLD."seniority_level" IS DISTINCT FROM (NEW."seniority_level") OR OLD."tags" IS DISTINCT FROM (NEW."tags") OR OLD."target_market" IS DISTINCT FROM (NEW."target_market") OR OLD."timezone" IS DISTINCT FROM (NEW."timezone") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."years_of_experience" IS DISTINCT FROM (NEW."years_of_experience"))',
                        func='insert into "accounts_userprofilehistory" ("id", "created_at", "user_id", "job_title", "department", "seniority_level", "years_of_experience", "industry_primary", "industry_secondary", "business_model", "target_market", "country", "city", "region", "timezone", "preferred_language", "communication_style", "response_format_preference", "marketing_experience_level", "primary_marketing_goals", "marketing_budget_range", "current_marketing_channels", "preferred_agent_personality", "detail_level_preference", "explanation_style", "company_size", "decision_making_authority", "data_sharing_consent", "marketing_communications_consent", "analytics_consent", "profile_completion_percentage", "custom_attributes", "tags", "notes", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."user_id", NEW."job_title", NEW."department", NEW."seniority_level", NEW."years_of_experience", NEW."industry_primary", NEW."industry_secondary", NEW."business_model", NEW."target_market", NEW."country", NEW."city", NEW."region", NEW."timezone", NEW."preferred_language", NEW."communication_style", NEW."response_format_preference", NEW."marketing_experience_level", NEW."primary_marketing_goals", NEW."marketing_budget_range", NEW."current_marketing_channels", NEW."preferred_agent_personality", NEW."detail_level_preference", NEW."explanation_style", NEW."company_size", NEW."decision_making_authority", NEW."data_sharing_consent", NEW."marketing_communications_consent", NEW."analytics_consent", NEW."profile_completion_percentage", NEW."custom_attributes", NEW."tags", NEW."notes", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="7c967afb21d8723080ceb9c5a7aa2705f380a414",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_13aab",
                        table="accounts_userprofile",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_userprofilehistory" ("id", "created_at", "user_id", "job_title", "department", "seniority_level", "years_of_experience", "industry_primary", "industry_secondary", "business_model", "target_market", "country", "city", "region", "timezone", "preferred_language", "communication_style", "response_format_preference", "marketing_experience_level", "primary_marketing_goals", "marketing_budget_range", "current_marketing_channels", "preferred_agent_personality", "detail_level_preference", "explanation_style", "company_size", "decision_making_authority", "data_sharing_consent", "marketing_communications_consent", "analytics_consent", "profile_completion_percentage", "custom_attributes", "tags", "notes", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."user_id", OLD."job_title", OLD."department", OLD."seniority_level", OLD."years_of_experience", OLD."industry_primary", OLD."industry_secondary", OLD."business_model", OLD."target_market", OLD."country", OLD."city", OLD."region", OLD."timezone", OLD."preferred_language", OLD."communication_style", OLD."response_format_preference", OLD."marketing_experience_level", OLD."primary_marketing_goals", OLD."marketing_budget_range", OLD."current_marketing_channels", OLD."preferred_agent_personality", OLD."detail_level_preference", OLD."explanation_style", OLD."company_size", OLD."decision_making_authority", OLD."data_sharing_consent", OLD."marketing_communications_consent", OLD."analytics_consent", OLD."profile_completion_percentage", OLD."custom_attributes", OLD."tags", OLD."notes", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="a705d32516e671e121ef42036792b3ac29236882",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_75fe0",
                        table="accounts_userprofile",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="workspace",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="history_insert",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_workspacehistory" ("id", "created_at", "name", "slug", "subscription_tier", "subscription_status", "trial_ends_at", "timezone", "country", "default_language", "currency", "week_start", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."name", NEW."slug", NEW."subscription_tier", NEW."subscription_status", NEW."trial_ends_at", NEW."timezone", NEW."country", NEW."default_language", NEW."currency", NEW."week_start", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'insert\', NEW."id"); return null;',
                        hash="01508e06f8415fcaaab76a8e1a0d71a6d9007e79",
                        operation="INSERT",
                        pgid="pgtrigger_history_insert_1eb7b",
                        table="accounts_workspace",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_update",
                    sql=accounts.history.OwnersTriggerSql(
                        condition='WHEN (OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."default_language" IS DISTINCT FROM (NEW."default_language") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."subscription_status" IS DISTINCT FROM (NEW."subscription_status") OR OLD."subscription_tier" IS DISTINCT FROM (NEW."subscription_tier") OR OLD."timezone" IS DISTINCT FROM (NEW."timezone") OR OLD."trial_ends_at" IS DISTINCT FROM (NEW."trial_ends_at") OR OLD."week_start" IS DISTINCT FROM (NEW."week_start"))',
                        func='insert into "accounts_workspacehistory" ("id", "created_at", "name", "slug", "subscription_tier", "subscription_status", "trial_ends_at", "timezone", "country", "default_language", "currency", "week_start", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (NEW."id", NEW."created_at", NEW."name", NEW."slug", NEW."subscription_tier", NEW."subscription_status", NEW."trial_ends_at", NEW."timezone", NEW."country", NEW."default_language", NEW."currency", NEW."week_start", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'update\', NEW."id"); return null;',
                        hash="9b7ec8088cecd626f4e954ff29d5371a73419973",
                        operation="UPDATE",
                        pgid="pgtrigger_history_update_60f8d",
                        table="accounts_workspace",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="history_delete",
                    sql=accounts.history.OwnersTriggerSql(
                        func='insert into "accounts_workspacehistory" ("id", "created_at", "name", "slug", "subscription_tier", "subscription_status", "trial_ends_at", "timezone", "country", "default_language", "currency", "week_start", "acted_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") values (OLD."id", OLD."created_at", OLD."name", OLD."slug", OLD."subscription_tier", OLD."subscription_status", OLD."trial_ends_at", OLD."timezone", OLD."country", OLD."default_language", OLD."currency", OLD."week_start", nullif(current_setting(\'app.user_id\', true), \'\')::uuid, now(), \'delete\', OLD."id"); return null;',
                        hash="b6c176fb03438bf59dd5954aee7afef8bd14d1b9",
                        operation="DELETE",
                        pgid="pgtrigger_history_delete_68ee2",
                        table="accounts_workspace",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="apikeyhistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="ddbe22bbba6813281b2b18a7afec9842935986b1",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_736cb",
                        table="accounts_apikeyhistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="credentialhistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="780611ccbaee8c0e1549c583ccc9f9e52f3c4aac",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_03977",
                        table="accounts_credentialhistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="culturalcontexthistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="0d812cce2ac0142c516e433a183c6c8b8a4412b5",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_1faeb",
                        table="accounts_culturalcontexthistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="membershiphistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="ed9a9567231612a41ccf7feca751a1a9415a664f",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_123dc",
                        table="accounts_membershiphistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="userprofilehistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="7883aba9c590bf57c0834de9c3d77905a914cb5a",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_01515",
                        table="accounts_userprofilehistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        accounts.tenancy.history.KeepTriggers(
            model="workspacehistory",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n    if current_setting('app.redaction', true) = 'on' then\n        if tg_op = 'DELETE' then\n            return old;\n        end if;\n        return new;\n    end if;\n    raise restrict_violation using message = 'history is only ever added to',\n        hint = 'people are erased from it by accounts_redact_history()';\n",
                        hash="c5524331dca97f2b8f90d7f3ed38cf52d19fd927",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_37dfc",
                        table="accounts_workspacehistory",
                        when="BEFORE",
                    ),
                )
            ],
        ),
        *secured_history("Workspace", using="id = (select app_workspace())"),
        *secured_history("Membership", "ApiKey"),
        *secured_history("Credential", using=FOR_ADMINS),
        *secured_history(
            "UserProfile", "CulturalContext", using=own_rows_anywhere("owner", "admin")
        ),
    ]
