drop trigger builder_comment_own_words on builder_comment;
drop function builder_comment_own_words();
drop policy builder_comment_own_remove on builder_comment;
drop policy builder_comment_own_add on builder_comment;
drop trigger builder_versionhistory_immutable on builder_versionhistory;
drop function builder_refuse_new_version();
