using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TsPmo.Testing.Scale;

/// <summary>What a computed tracker answers.</summary>
internal interface IScaleRoutes
{
    /// <summary>The answer to a request; null where there is no such thing.</summary>
    ScaleAnswer? Find(HttpRequest request, JsonElement body);
}
