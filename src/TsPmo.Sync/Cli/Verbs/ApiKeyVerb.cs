using System.CommandLine;
using TsPmo.Engine.Storage;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Keys by which programs sign in.</summary>
internal sealed class ApiKeyVerb : IVerb
{
    public string Name => "apikey";

    public string Description => "Keys by which programs sign in: create, list, revoke";

    public IEnumerable<IVerb> Verbs => [new Create(), new List(), new Revoke()];

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation) =>
        Task.FromResult(session.Fail(new("verb-incomplete", "apikey needs to be told what to do.", "Say apikey create NAME, apikey list or apikey revoke ID."), ExitCode.Invalid));

    private static object Json(ApiKey key) => new { id = key.Id, name = key.Name, role = key.Role, createdAt = key.CreatedAt, revokedAt = key.RevokedAt };

    private static string Moment(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private sealed class Create : IVerb
    {
        private readonly Argument<string> _name = new("NAME") { Description = "What it is for, such as ci" };
        private readonly Option<string> _role = new("--role") { Description = "reader (default: may look) or operator (may report too)", DefaultValueFactory = _ => "reader" };

        public Create() => _role.AcceptOnlyFromAmong("reader", "operator");

        public string Name => "create";

        public string Description => "Makes a key and shows it this once";

        public IEnumerable<Argument> Arguments => [_name];

        public IEnumerable<Option> Options => [_role];

        public Task<int> RunAsync(VerbSession session, CancellationToken cancellation) => session.WithEngineAsync(new Chosen(), async engine =>
        {
            var role = session.Typed.GetValue(_role) == "operator" ? ApiRole.Operator : ApiRole.Reader;
            var (key, text) = await engine.Get<IApiKeys>().CreateAsync(session.Typed.GetRequiredValue(_name), role, cancellation);
            session.Terminal.Say($"The key {key.Id} is shown this once. Keep it as a secret of the program that is to use it.");
            session.Terminal.Result(text);
            session.Terminal.Document(new { id = key.Id, name = key.Name, role = key.Role, key = text });
            return ExitCode.Done;
        }, cancellation);
    }

    private sealed class List : IVerb
    {
        public string Name => "list";

        public string Description => "Lists the keys, never what proves them";

        public Task<int> RunAsync(VerbSession session, CancellationToken cancellation) => session.WithEngineAsync(new Chosen(), async engine =>
        {
            var keys = await engine.Get<IApiKeys>().ListAsync(cancellation);
            var table = Terminal.NewTable("id", "name", "role", "created", "revoked");
            foreach (var key in keys)
                Terminal.AddRow(table, key.Id, key.Name, key.Role.ToString().ToLowerInvariant(), Moment(key.CreatedAt), Moment(key.RevokedAt));
            session.Terminal.Result(table);
            session.Terminal.Document(new { keys = keys.Select(Json) });
            return ExitCode.Done;
        }, cancellation);
    }

    private sealed class Revoke : IVerb
    {
        private readonly Argument<string> _id = new("ID") { Description = "Id of the key, as apikey list shows it" };

        public string Name => "revoke";

        public string Description => "Ends a key for good";

        public IEnumerable<Argument> Arguments => [_id];

        public Task<int> RunAsync(VerbSession session, CancellationToken cancellation) => session.WithEngineAsync(new Chosen(), async engine =>
        {
            var id = session.Typed.GetRequiredValue(_id);
            if (!await engine.Get<IApiKeys>().RevokeAsync(id, cancellation))
                return session.Fail(new("key-unknown", $"There is no key '{id}' that is still good.", "Look at apikey list."), ExitCode.SomethingFailed);
            session.Terminal.Result($"The key {id} opens nothing any more.");
            session.Terminal.Document(new { outcome = "succeeded", id });
            return ExitCode.Done;
        }, cancellation);
    }
}
