-- What is there already begins its versions as it stands, after those that it had before.
create function builder_begin_versions(kind text, document uuid, of_workspace uuid,
    of_project uuid, number integer, content jsonb) returns void
language sql as $$
    insert into builder_versionhistory (workspace_id, project_id, entity_type, entity_id,
        version_number, changes, data, is_major)
    values (of_workspace, of_project, kind, document, number,
        jsonb_build_object('columns', (select jsonb_agg(jsonb_object_keys) from
            jsonb_object_keys(content))), content, true)
$$;
update builder_project set version = builder_first_number('projects', id, workspace_id);
update builder_sitemap set version = builder_first_number('sitemaps', id, workspace_id);
update builder_wireframe set version = builder_first_number('wireframes', id, workspace_id);
update builder_styleguide set version = builder_first_number('style_guides', id, workspace_id);
select count(builder_begin_versions('projects', id, workspace_id, id, version, jsonb_build_object(
    'name', name, 'description', description, 'type', type, 'language', language, 'data', data,
    'settings', settings, 'is_public', is_public, 'current_sitemap', current_sitemap_id)))
from builder_project;
select count(builder_begin_versions('sitemaps', id, workspace_id, project_id, version,
    jsonb_build_object('project', project_id, 'title', title, 'description', description,
    'pages', pages, 'metadata', metadata)))
from builder_sitemap;
select count(builder_begin_versions('wireframes', w.id, w.workspace_id, s.project_id, w.version,
    jsonb_build_object('sitemap', w.sitemap_id, 'page_key', w.page_key, 'title', w.title,
    'description', w.description, 'layout', w.layout, 'style_guide', w.style_guide)))
from builder_wireframe w join builder_sitemap s on s.id = w.sitemap_id;
select count(builder_begin_versions('style_guides', g.id, g.workspace_id, s.project_id, g.version,
    jsonb_build_object('wireframe', g.wireframe_id, 'title', g.title,
    'description', g.description, 'colors', g.colors, 'typography', g.typography,
    'spacing', g.spacing, 'components', g.components, 'grid', g.grid,
    'breakpoints', g.breakpoints)))
from builder_styleguide g join builder_wireframe w on w.id = g.wireframe_id
join builder_sitemap s on s.id = w.sitemap_id;
drop function builder_begin_versions(text, uuid, uuid, uuid, integer, jsonb);
-- Checks that wait for the end of the transaction would keep its next operations from the tables.
set constraints all immediate;
