// Reads a Jira Data Center with jira.js 5 and its client for the second version of the API, which both editions share in part.
import { AgileClient, Version2Client } from 'jira-5';
import { all, run, site } from './steps.mjs';

const config = { host: site.base, authentication: { oauth2: { accessToken: site.token } } };
const jira = new Version2Client(config);
const agile = new AgileClient(config);

const projectKey = 'LED';
const jql = `project = ${projectKey} ORDER BY id ASC`;

await run([
  ['serverInfo', () => jira.serverInfo.getServerInfo()],
  ['myself', () => jira.myself.getCurrentUser()],
  ['permissions', () => jira.permissions.getMyPermissions({ projectKey })],
  ['project', () => jira.projects.getProject({ projectIdOrKey: projectKey })],
  ['fields', () => jira.issueFields.getFields()],
  ['statuses', () => jira.workflowStatuses.getStatuses()],
  ['issue types', () => jira.issueTypes.getIssueAllTypes()],
  ['link types', () => jira.issueLinkTypes.getIssueLinkTypes()],
  ['search with GET', () => all(p => jira.issueSearch.searchForIssuesUsingJql({ jql, startAt: p.startAt, maxResults: 100, expand: 'changelog' }), a => a.issues)],
  ['issue', s => jira.issues.getIssue({ issueIdOrKey: s['search with GET'][0].key })],
  ['versions', () => jira.projectVersions.getProjectVersions({ projectIdOrKey: projectKey })],
  ['changed worklogs', () => jira.issueWorklogs.getIdsOfWorklogsModifiedSince({ since: 0 })],
  ['worklogs', s => jira.issueWorklogs.getWorklogsForIds({ ids: s['changed worklogs'].values.slice(0, 100).map(w => w.worklogId) })],
  ['remote links', s => jira.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey: s['search with GET'][0].key })],
  ['comments', s => jira.issueComments.getComments({ issueIdOrKey: s['search with GET'][0].key })],
  ['boards', () => all(p => agile.board.getAllBoards({ startAt: p.startAt, maxResults: 50 }), a => a.values)],
  ['board configurations', s => Promise.all(s.boards.map(b => agile.board.getConfiguration({ boardId: b.id })))],
  ['sprints', s => all(p => agile.board.getAllSprints({ boardId: s.boards.find(b => b.type === 'scrum').id, startAt: p.startAt }), a => a.values)],
  ['issues of a sprint', s => all(p => agile.sprint.getIssuesForSprint({ sprintId: s.sprints[0].id, startAt: p.startAt, maxResults: 20 }), a => a.issues)],
]);
