// Reads a Jira Cloud with jira.js 6, which holds every answer against its schema and here throws where one differs.
import { createAgileClient, createCloudClient } from 'jira-6';
import { createClient } from 'jira-6/core';
import { all, expect, run, site } from './steps.mjs';

const client = createClient({
  host: site.base,
  auth: { type: 'basic', email: site.email, apiToken: site.token },
  onSchemaMismatch: 'throw',
});
const jira = createCloudClient(client);
const agile = createAgileClient(client);

const projectKey = 'PAY';
const jql = `project = ${projectKey} ORDER BY id ASC`;
const fields = [
  'summary', 'status', 'issuetype', 'priority', 'resolution', 'assignee', 'reporter', 'labels', 'created', 'updated', 'duedate', 'parent', 'fixVersions', 'issuelinks',
  'subtasks', 'timetracking', 'worklog', 'comment', 'description', 'project', '*navigable',
];

await run([
  ['serverInfo', () => jira.serverInfo.getServerInfo()],
  ['myself', () => jira.myself.getCurrentUser()],
  ['permissions', () => jira.permissions.getMyPermissions({ projectKey, permissions: 'BROWSE_PROJECTS,ADD_COMMENTS,EDIT_ISSUES' })],
  ['projects', () => all(p => jira.projects.searchProjects({ startAt: p.startAt, maxResults: 2 }), a => a.values)],
  ['project', () => jira.projects.getProject({ projectIdOrKey: projectKey })],
  ['statuses of a project', () => jira.projects.getAllStatuses({ projectIdOrKey: projectKey })],
  ['components', () => jira.projectComponents.getProjectComponents({ projectIdOrKey: projectKey })],
  ['fields', () => jira.issueFields.getFields()],
  ['statuses', () => jira.workflowStatuses.getStatuses()],
  ['status categories', () => jira.workflowStatusCategories.getStatusCategories()],
  ['issue types', () => jira.issueTypes.getIssueAllTypes()],
  ['priorities', () => jira.issuePriorities.searchPriorities({})],
  ['link types', () => jira.issueLinkTypes.getIssueLinkTypes()],
  ['users', () => jira.users.getAllUsers({ maxResults: 100 })],
  ['user', s => jira.users.getUser({ accountId: s.users[0].accountId })],
  ['found users', () => jira.userSearch.findUsers({ query: '.' })],
  ['search with GET', () => all(p => jira.issueSearch.searchAndReconsileIssuesUsingJql({ jql, nextPageToken: p.nextPageToken, maxResults: 100, fields }), a => a.issues)],
  ['search with POST', s => all(
    p => jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({ jql, nextPageToken: p.nextPageToken, maxResults: 100, fields, expand: 'names,schema,changelog' }), a => a.issues)
    .then(found => expect(found.length === s['search with GET'].length, 'the two ways of searching find different issues'))],
  ['search for ids', () => jira.issueSearch.searchAndReconsileIssuesUsingJql({ jql, maxResults: 5000 })],
  ['count', () => jira.issueSearch.countIssues({ jql })],
  ['issue', s => jira.issues.getIssue({ issueIdOrKey: s['search with GET'][0].key, expand: 'changelog,names' })],
  ['issues in bulk', s => jira.issues.bulkFetchIssues({ issueIdsOrKeys: s['search with GET'].slice(0, 100).map(i => i.id), fields: ['*all'] })],
  ['changelog of one', s => all(p => jira.issues.getChangeLogs({ issueIdOrKey: s['search with GET'][0].key, startAt: p.startAt, maxResults: 2 }), a => a.values)],
  ['changelogs in bulk', s => all(
    p => jira.issues.getBulkChangelogs({ issueIdsOrKeys: s['search with GET'].slice(0, 1000).map(i => i.id), nextPageToken: p.nextPageToken, maxResults: 1000 }), a => a.issueChangeLogs)],
  ['versions', () => jira.projectVersions.getProjectVersions({ projectIdOrKey: projectKey })],
  ['versions by page', () => jira.projectVersions.getProjectVersionsPaginated({ projectIdOrKey: projectKey, expand: 'issuesstatus' })],
  ['version counts', s => jira.projectVersions.getVersionUnresolvedIssues({ id: s.versions[0].id })],
  ['changed worklogs', () => jira.issueWorklogs.getIdsOfWorklogsModifiedSince({ since: 0 })],
  ['deleted worklogs', () => jira.issueWorklogs.getIdsOfWorklogsDeletedSince({ since: 0 })],
  ['worklogs', s => jira.issueWorklogs.getWorklogsForIds({ ids: s['changed worklogs'].values.slice(0, 1000).map(w => w.worklogId) })],
  ['worklogs of one', s => jira.issueWorklogs.getIssueWorklog({ issueIdOrKey: s.worklogs[0].issueId })],
  ['remote links', s => jira.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey: s['search with GET'][0].key })],
  ['comments', s => jira.issueComments.getComments({ issueIdOrKey: s['search with GET'][0].key })],
  ['issue properties', s => jira.issueProperties.getIssuePropertyKeys({ issueIdOrKey: s['search with GET'][0].key })],
  ['project properties', () => jira.projectProperties.getProjectPropertyKeys({ projectIdOrKey: projectKey })],
  ['transitions', s => jira.issues.getTransitions({ issueIdOrKey: s['search with GET'][0].key })],
  ['edit fields', s => jira.issues.getEditIssueMeta({ issueIdOrKey: s['search with GET'][0].key })],
  ['boards', () => all(p => agile.board.getAllBoards({ startAt: p.startAt, maxResults: 50 }), a => a.values)],
  ['board', s => agile.board.getBoard({ boardId: s.boards[0].id })],
  ['board configurations', s => Promise.all(s.boards.map(b => agile.board.getConfiguration({ boardId: b.id })))],
  ['sprints', s => all(p => agile.board.getAllSprints({ boardId: s.boards.find(b => b.type === 'scrum').id, startAt: p.startAt, maxResults: 50 }), a => a.values)],
  ['sprint', s => agile.sprint.getSprint({ sprintId: s.sprints[0].id })],
  ['issues of a sprint', s => all(p => agile.sprint.getIssuesForSprint({ sprintId: s.sprints[0].id, nextPageToken: p.nextPageToken, maxResults: 20 }), a => a.issues)],
  ['issues of a board', s => all(p => agile.board.getIssuesForBoard({ boardId: s.boards[0].id, nextPageToken: p.nextPageToken, maxResults: 100 }), a => a.issues)],
  ['backlog', s => all(p => agile.board.getIssuesForBacklog({ boardId: s.boards[0].id, nextPageToken: p.nextPageToken, maxResults: 100 }), a => a.issues)],
  ['count of a board', s => agile.board.getApproximateIssueCountForBoard({ boardId: s.boards[0].id })],
  ['a link to outside', s => jira.issueRemoteLinks.createOrUpdateRemoteIssueLink({
    issueIdOrKey: s['search with GET'][0].key, globalId: 'system=x&id=1', object: { url: 'https://x.example', title: 'T' } })],
  ['links to outside', s => jira.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey: s['search with GET'][0].key })],
  ['a comment', s => jira.issueComments.addComment({
    issueIdOrKey: s['search with GET'][0].key,
    body: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'read' }] }] } })],
  ['a property', s => jira.issueProperties.setIssueProperty({ issueIdOrKey: s['search with GET'][0].key, propertyKey: 'pmo.sync', body: { a: 1 } })],
  ['the property', s => jira.issueProperties.getIssueProperty({ issueIdOrKey: s['search with GET'][0].key, propertyKey: 'pmo.sync' })],
  ['an edit', s => jira.issues.editIssue({ issueIdOrKey: s['search with GET'][0].key, notifyUsers: false, fields: { labels: ['pmo', 'read'] } })],
]);
