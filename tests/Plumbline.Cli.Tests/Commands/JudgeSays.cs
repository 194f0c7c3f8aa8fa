using System.Text.Json;
using Plumbline.FaultyServer;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>What a judging model behind a server answers.</summary>
internal static class JudgeSays
{
    /// <summary>The verdict that is asked for.</summary>
    public static string Verdict(JsonElement request) => new JudgingVoice().Say(AskedChat.Of(request));

    /// <summary>Prose at first, the verdict when asked for it again.</summary>
    public static string ProseThenVerdict(JsonElement request) => IsRepair(request) ? Verdict(request) : JudgingVoice.Prose;

    /// <summary>Whether the request asks for an answer by a JSON schema.</summary>
    public static bool AsksForForm(JsonElement request) => request.TryGetProperty("response_format", out var format) && format.GetProperty("type").GetString() == "json_schema";

    private static bool IsRepair(JsonElement request) => request.GetProperty("messages").GetArrayLength() > 2;
}
