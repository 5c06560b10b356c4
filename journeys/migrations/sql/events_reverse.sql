drop function journeys_make_event_partition(date);
drop table journeys_event;
