// Reads a Jira Cloud with jira.js 5, the client of most integrations that exist.
import { AgileClient, Version3Client } from 'jira-5';
import { all, expect, run, site } from './steps.mjs';

const config = { host: site.base, authentication: { basic: { email: site.email, apiToken: site.token } } };
const jira = new Version3Client(config);
const agile = new AgileClient(config);

const projectKey = 'PAY';
const jql = `project = ${projectKey} ORDER BY id ASC`;
const fields = ['summary', 'status', 'issuetype', 'assignee', 'labels', 'created', 'updated', 'parent', 'fixVersions', 'issuelinks', '*navigable'];

await run([
  ['serverInfo', () => jira.serverInfo.getServerInfo()],
  ['myself', () => jira.myself.getCurrentUser()],
  ['permissions', () => jira.permissions.getMyPermissions({ projectKey, permissions: 'BROWSE_PROJECTS' })],
  ['projects', () => all(p => jira.projects.searchProjects({ startAt: p.startAt, maxResults: 2 }), a => a.values)],
  ['project', () => jira.projects.getProject({ projectIdOrKey: projectKey })],
  ['fields', () => jira.issueFields.getFields()],
  ['statuses', () => jira.workflowStatuses.getStatuses()],
  ['issue types', () => jira.issueTypes.getIssueAllTypes()],
  ['users', () => jira.users.getAllUsers({ maxResults: 100 })],
  ['users in bulk', s => jira.users.bulkGetUsers({ accountId: s.users.slice(0, 5).map(u => u.accountId) })],
  ['search with GET', () => all(p => jira.issueSearch.searchForIssuesUsingJqlEnhancedSearch({ jql, nextPageToken: p.nextPageToken, maxResults: 100, fields }), a => a.issues)],
  ['search with POST', s => all(p => jira.issueSearch.searchForIssuesUsingJqlEnhancedSearchPost({ jql, nextPageToken: p.nextPageToken, maxResults: 100, fields }), a => a.issues)
    .then(found => expect(found.length === s['search with GET'].length, 'the two ways of searching find different issues'))],
  ['changelog of one', s => all(p => jira.issues.getChangeLogs({ issueIdOrKey: s['search with GET'][0].key, startAt: p.startAt, maxResults: 2 }), a => a.values)],
  ['changelogs in bulk', s => jira.issues.getBulkChangelogs({ issueIdsOrKeys: s['search with GET'].slice(0, 50).map(i => i.id), fieldIds: ['status'], maxResults: 1000 })],
  ['issues in bulk', s => jira.issues.bulkFetchIssues({ issueIdsOrKeys: s['search with GET'].slice(0, 100).map(i => i.id), fields: ['summary'] })],
  ['versions', () => jira.projectVersions.getProjectVersions({ projectIdOrKey: projectKey })],
  ['changed worklogs', () => jira.issueWorklogs.getIdsOfWorklogsModifiedSince({ since: 0 })],
  ['worklogs', s => jira.issueWorklogs.getWorklogsForIds({ ids: s['changed worklogs'].values.slice(0, 100).map(w => w.worklogId) })],
  ['remote links', s => jira.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey: s['search with GET'][0].key })],
  ['comments', s => jira.issueComments.getComments({ issueIdOrKey: s['search with GET'][0].key })],
  ['boards', () => all(p => agile.board.getAllBoards({ startAt: p.startAt, maxResults: 50 }), a => a.values)],
  ['board configurations', s => Promise.all(s.boards.map(b => agile.board.getConfiguration({ boardId: b.id })))],
  ['sprints', s => all(p => agile.board.getAllSprints({ boardId: s.boards.find(b => b.type === 'scrum').id, startAt: p.startAt }), a => a.values)],
  ['issues of a sprint by the old way', s => all(
    p => agile.sprint.getIssuesForSprint({ sprintId: s.sprints[0].id, startAt: p.startAt, maxResults: 20, fields: ['summary'] }), a => a.issues)],
]);
