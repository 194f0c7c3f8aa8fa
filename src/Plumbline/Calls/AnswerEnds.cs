using System.Collections.Frozen;
using Microsoft.Extensions.AI;

namespace Plumbline.Calls;

/// <summary>
/// Reads why an answer ended. Servers and gateways have words of their own for it; only those that are known to end a whole answer do. A text beside any other
/// word may be a gateway's apology, and counting it would credit the model with a refusal that it never gave.
/// </summary>
public static class AnswerEnds
{
    const int LongestShown = 60;

    static readonly FrozenSet<string> Stops = FrozenSet.Create(
        StringComparer.Ordinal,
        // OpenAI; Text Generation Inference and watsonx; Anthropic, Bedrock and Cohere; AI21; Titan; and what says nothing.
        "stop", "stopped", "stoptoken", "stopword", "stopsequence", "eos", "eostoken", "endoftext", "eot", "endturn", "endofturn", "complete", "completed", "finish", "finished", "none", "null");

    static readonly FrozenSet<string> Tools = FrozenSet.Create(StringComparer.Ordinal, "toolcalls", "toolcall", "tooluse", "functioncall", "functioncalls");

    static readonly FrozenSet<string> Limits = FrozenSet.Create(
        StringComparer.Ordinal,
        // Mistral says model_length, Cohere ERROR_LIMIT, llama.cpp's own protocol limit.
        "length", "maxtokens", "maxlength", "maxoutputtokens", "maxcompletiontokens", "maxnewtokens", "modellength", "limit", "tokenlimit", "errorlimit", "contextlength", "contextlengthexceeded", "modelcontextwindowexceeded");

    static readonly FrozenSet<string> Filters = FrozenSet.Create(
        StringComparer.Ordinal, "filter", "filtered", "recitation", "spii", "sensitive", "errortoxic", "block", "blocked", "refusal", "refused", "flagged", "policy");

    // Gateways put such words together as they like: guardrail_intervened, content_policy_violation, IMAGE_PROHIBITED_CONTENT.
    static readonly string[] FilterStems = ["contentfilter", "guardrail", "safety", "policyviolation", "contentpolicy", "moderat", "blocklist", "prohibited", "sensitivecontent", "harmfulcontent"];

    /// <summary>What the reason that a client gives means.</summary>
    /// <param name="said">The finish reason as the server said it; case and punctuation do not matter. Null or white space where it says nothing.</param>
    public static AnswerEnd Of(string? said) => said switch
    {
        null or "" or "stop" => AnswerEnd.Whole,
        "length" => AnswerEnd.CutOff,
        "content_filter" => AnswerEnd.Withheld,
        _ when string.IsNullOrWhiteSpace(said) => AnswerEnd.Whole,
        _ => OfWord(Plain(said)),
    };

    /// <summary>The same of an answer.</summary>
    public static AnswerEnd Of(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return Of(response.FinishReason?.Value);
    }

    /// <summary>The reason in one word for all servers where it ends a model's own answer (stop, length, tool_calls), otherwise as it was said.</summary>
    public static ChatFinishReason Reason(string? said) => Of(said) switch
    {
        AnswerEnd.Whole => said is not null && Tools.Contains(Plain(said)) ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        AnswerEnd.CutOff => ChatFinishReason.Length,
        _ => new ChatFinishReason(said!),
    };

    /// <summary>The reason as a sentence can name it: it is the server's text, and of any length.</summary>
    public static string Shown(string said)
    {
        ArgumentNullException.ThrowIfNull(said);
        var seen = new string([.. said.Take(LongestShown).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '\uFFFD' : letter)]);
        return said.Length > LongestShown ? seen + "…" : seen;
    }

    static AnswerEnd OfWord(string word) =>
        Stops.Contains(word) || Tools.Contains(word) ? AnswerEnd.Whole
        : Limits.Contains(word) ? AnswerEnd.CutOff
        : Filters.Contains(word) || Array.Exists(FilterStems, stem => word.Contains(stem, StringComparison.Ordinal)) ? AnswerEnd.Withheld
        : AnswerEnd.Unknown;

    static string Plain(string said) => new([.. said.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
