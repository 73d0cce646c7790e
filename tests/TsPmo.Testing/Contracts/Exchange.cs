namespace TsPmo.Testing.Contracts;

/// <summary>One request a client sent and the answer it got, as they went over the wire.</summary>
/// <param name="Dialect">Which vendor's documents apply: <c>cloud</c>, <c>dc</c> or <c>ado</c>.</param>
/// <param name="Path">Path and query below the server's base path, beginning with a slash.</param>
public sealed record Exchange(string Dialect, string Method, string Path, string? RequestBody, int Status, string? AnswerType, string? AnswerBody);
