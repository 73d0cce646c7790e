using TsPmo.Engine.Intake;

namespace TsPmo.Sync.Web;

/// <summary>A row that was not taken, as programs read it.</summary>
internal sealed record RefusedJson(long Row, string? Id, string Code, string Message, string Remedy)
{
    public static RefusedJson Of(RefusedRow row) => new(row.Row, row.Id, row.Problem.Code, row.Problem.Message, row.Problem.Remedy);
}
