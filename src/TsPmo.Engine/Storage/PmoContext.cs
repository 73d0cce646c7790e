using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;

namespace TsPmo.Engine.Storage;

/// <summary>The schema. Texts compare ordinally; enumerations are stored by name, so that reordering them harms nothing.</summary>
internal sealed class PmoContext(DbContextOptions<PmoContext> options) : DbContext(options)
{
    public DbSet<ItemRow> Items => Set<ItemRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    public DbSet<ItemProjectRow> ItemProjects => Set<ItemProjectRow>();

    public DbSet<SweptRow> Swept => Set<SweptRow>();

    public DbSet<LinkRow> Links => Set<LinkRow>();

    public DbSet<LinkSetRow> LinkSets => Set<LinkSetRow>();

    public DbSet<TimeEntryRow> TimeEntries => Set<TimeEntryRow>();

    public DbSet<StateRow> States => Set<StateRow>();

    public DbSet<TypeRow> Types => Set<TypeRow>();

    public DbSet<FieldRoleRow> FieldRoles => Set<FieldRoleRow>();

    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    public DbSet<SprintRow> Sprints => Set<SprintRow>();

    public DbSet<FormerSprintDatesRow> FormerSprintDates => Set<FormerSprintDatesRow>();

    public DbSet<QueryMemberRow> QueryMembers => Set<QueryMemberRow>();

    public DbSet<QueryAnswerRow> QueryAnswers => Set<QueryAnswerRow>();

    public DbSet<MilestoneRow> Milestones => Set<MilestoneRow>();

    public DbSet<FormerMilestoneDateRow> FormerMilestoneDates => Set<FormerMilestoneDateRow>();

    public DbSet<DeploymentRow> Deployments => Set<DeploymentRow>();

    public DbSet<PipelineRunRow> PipelineRuns => Set<PipelineRunRow>();

    public DbSet<DeploymentJobRow> DeploymentJobs => Set<DeploymentJobRow>();

    public DbSet<RunChangesRow> RunChanges => Set<RunChangesRow>();

    public DbSet<RunQualityRow> RunQuality => Set<RunQualityRow>();

    public DbSet<PullRequestRow> PullRequests => Set<PullRequestRow>();

    public DbSet<SurveyResponseRow> SurveyResponses => Set<SurveyResponseRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    public DbSet<CapacityRow> Capacities => Set<CapacityRow>();

    public DbSet<CursorRow> Cursors => Set<CursorRow>();

    public DbSet<QuarantineRow> Quarantine => Set<QuarantineRow>();

    public DbSet<SyncRunRow> SyncRuns => Set<SyncRunRow>();

    public DbSet<ConnectorRunRow> ConnectorRuns => Set<ConnectorRunRow>();

    public DbSet<MeasurementRow> Measurements => Set<MeasurementRow>();

    public DbSet<BaselineRow> Baselines => Set<BaselineRow>();

    public DbSet<RiskDecisionRow> RiskDecisions => Set<RiskDecisionRow>();

    public DbSet<PublicationRow> Publications => Set<PublicationRow>();

    public DbSet<PublicationEventRow> PublicationEvents => Set<PublicationEventRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ConfigureItems(modelBuilder);
        ConfigureDefinitions(modelBuilder);
        ConfigurePlanning(modelBuilder);
        ConfigureDelivery(modelBuilder);
        ConfigureIntake(modelBuilder);
        ConfigureOperation(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Enum>().HaveConversion<string>();

    private static void ConfigureItems(ModelBuilder model)
    {
        model.Entity<ItemRow>(item =>
        {
            item.HasKey(i => i.ItemKey);
            item.HasAlternateKey(i => new { i.Connector, i.Id });
            item.HasIndex(i => new { i.Connector, i.Key });
        });
        model.Entity<EventRow>().HasKey(e => new { e.ItemKey, e.EventId });
        model.Entity<ItemProjectRow>().HasKey(p => new { p.Connector, p.Project, p.ItemKey });
        model.Entity<SweptRow>().HasKey(s => new { s.Connector, s.Id });
        model.Entity<LinkRow>(link =>
        {
            link.HasKey(l => new { l.Connector, l.ItemId, l.Group, l.Origin });
            link.HasIndex(l => new { l.Connector, l.Origin });
        });
        model.Entity<LinkSetRow>().HasKey(s => new { s.Connector, s.ItemId, s.Group });
        model.Entity<TimeEntryRow>(entry =>
        {
            entry.HasKey(t => new { t.Connector, t.Id });
            entry.HasIndex(t => new { t.Connector, t.ItemId });
        });
    }

    private static void ConfigureDefinitions(ModelBuilder model)
    {
        model.Entity<StateRow>().HasKey(s => new { s.Connector, s.Project, s.Type, s.StatusKey });
        model.Entity<TypeRow>().HasKey(t => new { t.Connector, t.Project, t.TypeKey });
        model.Entity<FieldRoleRow>().HasKey(f => new { f.Connector, f.Project, f.Role, f.FieldId });
        model.Entity<AccountRow>().HasKey(a => new { a.Connector, a.AccountId });
    }

    private static void ConfigurePlanning(ModelBuilder model)
    {
        model.Entity<SprintRow>().HasKey(s => new { s.Connector, s.Id });
        model.Entity<BaselineRow>().HasKey(b => new { b.Project, b.Id });
        model.Entity<FormerSprintDatesRow>().HasKey(d => new { d.Connector, d.SprintId, d.Until });
        model.Entity<MilestoneRow>().HasKey(m => new { m.Connector, m.Id });
        model.Entity<FormerMilestoneDateRow>().HasKey(d => new { d.Connector, d.MilestoneId, d.Until });
        model.Entity<QueryAnswerRow>().HasKey(a => new { a.Connector, a.Query });
        model.Entity<QueryMemberRow>(member =>
        {
            member.HasKey(m => new { m.Connector, m.Query, m.ItemId, m.Since });
            member.HasIndex(m => new { m.Connector, m.ItemId });
        });
        model.Entity<CapacityRow>().HasKey(c => new { c.Connector, c.Project, c.Team, c.SprintId });
    }

    private static void ConfigureDelivery(ModelBuilder model)
    {
        model.Entity<DeploymentRow>(deployment =>
        {
            deployment.HasKey(d => new { d.Connector, d.Id });
            deployment.HasIndex(d => new { d.Connector, d.Project });
        });
        model.Entity<PipelineRunRow>(run =>
        {
            run.HasKey(r => new { r.Connector, r.Id });
            run.HasIndex(r => new { r.Connector, r.Project, r.Pipeline });
        });
        model.Entity<DeploymentJobRow>(job =>
        {
            job.HasKey(j => new { j.Connector, j.Id });
            job.HasIndex(j => new { j.Connector, j.Project });
        });
        model.Entity<RunChangesRow>(changes =>
        {
            changes.HasKey(c => new { c.Connector, c.RunId });
            changes.HasIndex(c => new { c.Connector, c.Project });
        });
        model.Entity<RunQualityRow>(quality =>
        {
            quality.HasKey(q => new { q.Connector, q.RunId });
            quality.HasIndex(q => new { q.Connector, q.Project });
        });
        model.Entity<PullRequestRow>(request =>
        {
            request.HasKey(p => new { p.Connector, p.Id });
            request.HasIndex(p => new { p.Connector, p.Project });
        });
    }

    private static void ConfigureIntake(ModelBuilder model)
    {
        model.Entity<SurveyResponseRow>(response =>
        {
            response.HasKey(r => r.Id);
            response.HasIndex(r => new { r.Project, r.At });
        });
        model.Entity<ApiKeyRow>().HasKey(k => k.Id);
    }

    private static void ConfigureOperation(ModelBuilder model)
    {
        model.Entity<CursorRow>().HasKey(c => new { c.Connector, c.Stream });
        model.Entity<QuarantineRow>().HasKey(q => new { q.Connector, q.Kind, q.RecordId });
        model.Entity<SyncRunRow>(run =>
        {
            run.HasKey(r => r.RunId);
            run.HasIndex(r => r.StartedAt);
        });
        model.Entity<ConnectorRunRow>(run =>
        {
            run.HasKey(r => new { r.RunId, r.Connector });
            run.HasIndex(r => new { r.Connector, r.FinishedAt });
        });
        model.Entity<MeasurementRow>(measurement =>
        {
            measurement.HasKey(m => new { m.Project, m.Metric, m.Subject, m.Window, m.AsOf });
            measurement.HasIndex(m => new { m.Project, m.AsOf });
        });
        model.Entity<RiskDecisionRow>().HasKey(d => new { d.Project, d.Risk, d.At });
        model.Entity<PublicationRow>().HasKey(p => new { p.Project, p.Publication });
        model.Entity<PublicationEventRow>(write =>
        {
            write.HasKey(e => e.EventId);
            write.HasIndex(e => new { e.Project, e.Publication, e.At });
            write.HasIndex(e => new { e.Connector, e.Anchor, e.At });
        });
    }
}
