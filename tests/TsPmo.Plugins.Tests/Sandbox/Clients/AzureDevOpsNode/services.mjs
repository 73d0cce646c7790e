// Reads and writes an organisation with azure-devops-node-api, the vendor's own client: it finds addresses by asking for them,
// names versions in the Accept header only, and sends enums as numbers and dates in the way of HTTP.
import * as ado from 'azure-devops-node-api';
import { CommentExpandOptions, ReportingRevisionsExpand, TreeStructureGroup, WorkItemErrorPolicy, WorkItemExpand } from 'azure-devops-node-api/interfaces/WorkItemTrackingInterfaces.js';
import { BuildQueryOrder, BuildStatus } from 'azure-devops-node-api/interfaces/BuildInterfaces.js';
import { DeploymentStatus, ReleaseExpands, ReleaseQueryOrder } from 'azure-devops-node-api/interfaces/ReleaseInterfaces.js';
import { PullRequestStatus, PullRequestTimeRangeType } from 'azure-devops-node-api/interfaces/GitInterfaces.js';
import { expect, run, site } from './steps.mjs';

const connection = new ado.WebApi(site.base, ado.getPersonalAccessTokenHandler(site.token), { allowRetries: false });
const [core, wit, work, build, release, wiki, git, test, results] = await Promise.all([
  connection.getCoreApi(), connection.getWorkItemTrackingApi(), connection.getWorkApi(), connection.getBuildApi(), connection.getReleaseApi(), connection.getWikiApi(),
  connection.getGitApi(), connection.getTestApi(), connection.getTestResultsApi()]);

const project = 'Payments';
const since = new Date('2024-01-01T00:00:00Z');
const fields = ['System.Id', 'System.Rev', 'System.State', 'System.TeamProject', 'System.ChangedDate', 'System.AssignedTo'];
const team = s => ({ project, projectId: s.project.id, team: s.teams[0].name, teamId: s.teams[0].id });

// All batches of a feed, which goes on from its token until it says that nothing is left.
async function feed(batch) {
  const found = [];
  for (let token, pages = 0; pages < 1000; pages++) {
    const answer = await batch(token);
    found.push(...answer.values);
    token = answer.continuationToken;
    if (answer.isLastBatch) return found;
  }
  throw new Error('the feed does not end');
}

// All pages of a list whose next page is named by a header.
async function paged(page) {
  const found = [];
  for (let token, pages = 0; pages < 1000; pages++) {
    const answer = await page(token);
    found.push(...answer);
    token = answer.continuationToken;
    if (!token) return found;
  }
  throw new Error('the list does not end');
}

// The client answers null where the server finds nothing; a step must say so itself where it means that.
const answered = ([name, call]) => [name, async s => { const got = await call(s); expect(got !== null, 'nothing was found'); return got; }];
const some = (list, what) => { expect(list.length > 0, `no ${what}`); return list; };
const changes = (item, value) => [{ op: 'test', path: '/rev', value: item.rev }, { op: 'add', path: '/fields/System.Tags', value }];

await run([
  ['connection', () => connection.connect().then(me => expect(me.authenticatedUser.id, 'nobody is signed in'))],
  ['projects', () => paged(token => core.getProjects(undefined, 2, undefined, token)).then(found => some(found, 'projects'))],
  ['project', () => core.getProject(project, true).then(found => { expect(found.capabilities.processTemplate, 'no process'); return found; })],
  ['process', s => core.getProjectProperties(s.project.id, ['System.ProcessTemplateType'])],
  ['processes', () => core.getProcesses()],
  ['teams', s => core.getTeams(s.project.id, undefined, 100, 0).then(found => some(found, 'teams'))],
  ['all teams', () => core.getAllTeams(undefined, 100, 0)],
  ['team', s => core.getTeam(s.project.id, s.teams[0].id)],
  ['members', s => core.getTeamMembersWithExtendedProperties(s.project.id, s.teams[0].id)],
  ['fields', () => wit.getFields()],
  ['relation types', () => wit.getRelationTypes()],
  ['types', () => wit.getWorkItemTypes(project).then(found => some(found, 'types'))],
  ['type', s => wit.getWorkItemType(project, s.types[0].name)],
  ['states', s => Promise.all(s.types.map(t => wit.getWorkItemTypeStates(project, t.name))).then(all => all.forEach(states => expect(states.every(x => x.category), 'a state without category')))],
  ['categories', () => wit.getWorkItemTypeCategories(project)],
  ['category', () => wit.getWorkItemTypeCategory(project, 'Microsoft.RequirementCategory')],
  ['query', () => wit.queryByWiql({ query: `SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = '${project}' AND [System.ChangedDate] >= '2024-01-01T00:00:00Z' ORDER BY [System.Id]` }, undefined, true, 500)
    .then(found => some(found.workItems.map(w => w.id), 'items'))],
  ['query in a project', () => wit.queryByWiql({ query: 'SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project' }, { project }, undefined, 10)],
  ['query of a team', s => wit.queryByWiql({ query: 'SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project' }, team(s), undefined, 10)],
  ['batch', s => wit.getWorkItemsBatch({ ids: s.query.slice(0, 200), fields, errorPolicy: WorkItemErrorPolicy.Omit }, project)
    .then(found => { expect(found.every(w => w.fields['System.TeamProject'] === project), 'items of another project'); return found; })],
  ['batch with relations', s => wit.getWorkItemsBatch({ ids: s.query.slice(0, 20), $expand: WorkItemExpand.Relations, errorPolicy: WorkItemErrorPolicy.Omit }, project)],
  ['items by id', s => wit.getWorkItems(s.query.slice(0, 20), ['System.Id', 'System.Title'], new Date(), WorkItemExpand.None, WorkItemErrorPolicy.Omit, project)],
  ['item', s => wit.getWorkItem(s.query[0], undefined, undefined, WorkItemExpand.All, project).then(found => { expect(found.rev > 0, 'no rev'); return found; })],
  ['revisions', s => wit.getRevisions(s.query[0], 200, 0, WorkItemExpand.None, project).then(found => expect(found.length === s.item.rev, 'revisions are missing'))],
  ['revision', s => wit.getRevision(s.query[0], 1, WorkItemExpand.None, project)],
  ['updates', s => wit.getUpdates(s.query[0], 200, 0, project).then(found => expect(found.length === s.item.rev, 'updates are missing'))],
  ['update', s => wit.getUpdate(s.query[0], 1, project)],
  ['feed by GET', () => feed(token => wit.readReportingRevisionsGet(project, fields, undefined, token, token ? undefined : since, true, true, undefined, undefined, ReportingRevisionsExpand.Fields, undefined, 500))
    .then(found => some(found, 'revisions'))],
  ['feed by POST', s => feed(token => wit.readReportingRevisionsPost({ fields, includeDeleted: true, includeIdentityRef: true }, project, token, token ? undefined : since))
    .then(found => expect(found.length === s['feed by GET'].length, 'the two ways of following the feed find different revisions'))],
  ['feed of the organisation', s => feed(token => wit.readReportingRevisionsPost({ fields, includeDeleted: true }, undefined, token))
    .then(found => expect(found.length > s['feed by GET'].length, 'the organisation has no more revisions than a project'))],
  ['feed of one type', s => wit.readReportingRevisionsGet(project, fields, [s.types[0].name])],
  ['feed of links', () => feed(token => wit.getReportingLinksByLinkType(project, undefined, undefined, token)).then(found => some(found, 'links'))],
  ['iteration tree', () => wit.getClassificationNode(project, TreeStructureGroup.Iterations, undefined, 10)
    .then(root => { expect(some(root.children, 'iterations').some(n => n.attributes?.finishDate), 'no dated iterations'); return root; })],
  ['nodes by id', s => wit.getClassificationNodes(project, [s['iteration tree'].id], 10)],
  ['iteration', s => wit.getClassificationNode(project, TreeStructureGroup.Iterations, s['iteration tree'].children[0].name)],
  ['area tree', () => wit.getClassificationNode(project, TreeStructureGroup.Areas, undefined, 10)],
  ['process configuration', () => work.getProcessConfiguration(project).then(found => expect(found.typeFields.Effort ?? found.typeFields[1], 'no effort field'))],
  ['backlog configuration', s => work.getBacklogConfigurations(team(s))],
  ['team settings', s => work.getTeamSettings(team(s))],
  ['team fields', s => work.getTeamFieldValues(team(s))],
  ['team iterations', s => work.getTeamIterations(team(s)).then(found => some(found, 'iterations'))],
  ['current iteration', s => work.getTeamIterations(team(s), 'current')],
  ['team iteration', s => work.getTeamIteration(team(s), s['team iterations'][0].id)],
  ['capacities', s => Promise.all(s['team iterations'].map(i => work.getCapacitiesWithIdentityRefAndTotals(team(s), i.id))).then(all => some(all.flatMap(c => c.teamMembers), 'capacities'))],
  ['capacities of all teams', s => work.getTotalIterationCapacities(project, s['team iterations'][0].id)],
  ['days off', s => work.getTeamDaysOff(team(s), s['team iterations'][0].id)],
  ['items of an iteration', s => work.getIterationWorkItems(team(s), s['team iterations'][0].id)],
  ['build definitions', () => paged(token => build.getDefinitions(project, undefined, undefined, undefined, undefined, 10, token)).then(found => some(found, 'definitions'))],
  ['builds', s => paged(token => build.getBuilds(project, [s['build definitions'][0].id], undefined, undefined, since, undefined, undefined, undefined, BuildStatus.Completed, undefined, undefined, undefined, 50,
    token, undefined, undefined, BuildQueryOrder.FinishTimeAscending)).then(found => some(found, 'builds'))],
  ['build', s => build.getBuild(project, s.builds[0].id)],
  ['build changes', s => build.getBuildChanges(project, s.builds[0].id)],
  ['build work items', s => build.getBuildWorkItemsRefs(project, s.builds[0].id)],
  ['release deployments', s => Promise.all(s.projects.map(p => paged(token =>
    release.getDeployments(p.name, undefined, undefined, undefined, since, undefined, DeploymentStatus.Succeeded, undefined, undefined, ReleaseQueryOrder.Ascending, 50, token))))
    .then(all => some(all.flat(), 'release deployments'))],
  ['releases', s => release.getReleases(s['release deployments'][0].project?.name ?? s['release deployments'][0].projectReference.name, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, 10, undefined, ReleaseExpands.Artifacts)],
  ['repositories', () => git.getRepositories(project).then(found => some(found, 'repositories'))],
  ['pull requests', s => git.getPullRequests(s.repositories[0].id, { status: PullRequestStatus.Completed, minTime: since, queryTimeRangeType: PullRequestTimeRangeType.Closed, targetRefName: 'refs/heads/main' }, project, undefined, 0, 100)
    .then(found => some(found, 'pull requests'))],
  ['pull requests of the project', () => git.getPullRequestsByProject(project, { status: PullRequestStatus.Completed }, undefined, 0, 100)],
  ['pull request', s => git.getPullRequest(s.repositories[0].id, s['pull requests'][0].pullRequestId, project, undefined, undefined, undefined, true, true).then(found => some(found.commits, 'commits'))],
  ['test results', s => results.queryTestResultsReportForBuild(project, s.builds[0].id).then(found => expect(found.aggregatedResultsAnalysis.totalTests > 0, 'no tests'))],
  ['coverage', s => test.getBuildCodeCoverage(project, s.builds[0].id, 7).then(found => expect(some(found, 'coverage')[0].modules[0].statistics.linesCovered > 0, 'no lines'))],
  ['wikis', () => wiki.getAllWikis(project)],
  ['a check of an edit', s => wit.updateWorkItem({}, changes(s.item, 'checked'), s.item.id, project, true)],
  ['an edit', s => wit.updateWorkItem({}, changes(s.item, 'read; written'), s.item.id, project, false, false, true)
    .then(found => { expect(found.rev === s.item.rev + 1 && found.fields['System.Tags'] === 'read; written', 'the edit is not there'); return found; })],
  ['a stale edit', s => wit.updateWorkItem({}, changes(s.item, 'late'), s.item.id, project).then(() => expect(false, 'it was taken'), error => expect(error.statusCode === 412, String(error)))],
  ['a hyperlink', s => wit.updateWorkItem({}, [{ op: 'add', path: '/relations/-', value: { rel: 'Hyperlink', url: 'https://x.example/1', attributes: { comment: 'PMO' } } }], s.item.id, project)],
  ['a comment', s => wit.addComment({ text: 'hello' }, project, s.item.id)],
  ['an edited comment', s => wit.updateComment({ text: 'hello again' }, project, s.item.id, s['a comment'].id)],
  ['comments', s => wit.getComments(project, s.item.id, 200, undefined, false, CommentExpandOptions.All).then(found => expect(found.comments[0].text === 'hello again', 'the comment is not there'))],
  ['a new item', s => wit.createWorkItem({}, [{ op: 'add', path: '/fields/System.Title', value: 'Made by a client' }], project, s.types.find(t => t.name === 'Task').name)],
  ['a deleted item', s => wit.deleteWorkItem(s['a new item'].id, project)],
  ['recycle bin', () => wit.getDeletedWorkItemShallowReferences(project).then(found => some(found, 'deleted items'))],
  ['deleted items', s => wit.getDeletedWorkItems(s['recycle bin'].slice(0, 200).map(d => d.id), project)],
  ['a restored item', s => wit.restoreWorkItem({ isDeleted: false }, s['a new item'].id, project).then(() => wit.getWorkItem(s['a new item'].id)).then(found => expect(found.rev === 3, 'it is not back'))],
  ['a destroyed item', s => wit.deleteWorkItem(s['a new item'].id, project, true).then(() => wit.getWorkItem(s['a new item'].id)).then(found => expect(found === null, 'it is still there'))],
].map(answered));
