-- Run once by an administrator of one's own PostgreSQL, connected to Halfhour's database:
--   psql -v owner=halfhour -v web_password="'…'" -f docs/roles.sql <database>
-- `owner` is the login in DATABASE_URL; WEB_DATABASE_URL then signs in as halfhour_web.
create extension if not exists vector;
create role halfhour_tenant nologin nosuperuser nobypassrls;
create role halfhour_web login nosuperuser nobypassrls password :web_password;
grant halfhour_tenant to :owner, halfhour_web with set true, inherit false;
grant :owner to halfhour_web with set true, inherit false;
