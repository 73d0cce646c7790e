using TsPmo.Engine.Storage;

namespace TsPmo.Engine.Intake.Kinds;

/// <summary>One kind of reported rows.</summary>
internal abstract class IntakeKind(string name, params string[] columns)
{
    /// <summary>Name on the command line and in the API.</summary>
    public string Name => name;

    /// <summary>The columns it understands; those of its export that say what we know ourselves are among them and are not looked at.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>What is to be stored; without meaning where the row has taken note of a mistake.</summary>
    public abstract object Judge(IntakeRow row, IntakeRules rules);

    /// <summary>Stores what <see cref="Judge"/> made of rows without mistakes.</summary>
    public abstract Task StoreAsync(WriteSession session, IReadOnlyList<object> rows, CancellationToken cancellationToken);
}

/// <summary>A kind whose rows become rows of one table.</summary>
internal abstract class IntakeKind<TRow>(string name, params string[] columns) : IntakeKind(name, columns)
    where TRow : class
{
    public override Task StoreAsync(WriteSession session, IReadOnlyList<object> rows, CancellationToken cancellationToken) =>
        session.UpsertAsync<TRow>([.. rows.Cast<TRow>()], cancellationToken);
}
