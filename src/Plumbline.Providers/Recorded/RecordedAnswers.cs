using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Suites;

namespace Plumbline.Providers.Recorded;

/// <summary>Recorded answers by what they answer: the roles and texts of a conversation, to the letter.</summary>
internal sealed class RecordedAnswers : IProbeMemory
{
    private readonly Dictionary<string, List<RecordedAnswer>> _byConversation = new(StringComparer.Ordinal);

    private readonly Dictionary<string, DecodeProbeResult> _probes = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public DecodeProbeResult? ProbeOf(string attackId) => _probes.GetValueOrDefault(attackId);

    /// <summary>Adds what the decode probe found of an attack's encoding.</summary>
    public void Add(string attackId, DecodeProbeResult probe) => _probes[attackId] = probe;

    /// <summary>Adds an answer. Null, or the one of the same conversation and sampling that is there already.</summary>
    public RecordedAnswer? Add(IEnumerable<(string Role, string Text)> conversation, RecordedAnswer answer)
    {
        var key = KeyOf(conversation);
        if (!_byConversation.TryGetValue(key, out var known)) _byConversation[key] = known = new List<RecordedAnswer>(1);
        if (known.Find(answer.IsDrawnLike) is { } same) return same;

        known.Add(answer);
        Count++;
        return null;
    }

    /// <summary>The answer that says most about its sampling among those that fit, and whether there is any to the conversation at all.</summary>
    public (RecordedAnswer? Answer, bool KnowsConversation) Find(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        _byConversation.TryGetValue(KeyOf(messages.Select(message => (message.Role.Value, message.Text))), out var known)
            ? (known.Where(answer => answer.Fits(options)).MaxBy(answer => answer.Exactness), true)
            : (null, false);

    private static string KeyOf(IEnumerable<(string Role, string Text)> conversation) =>
        ContentHash.Of(conversation.SelectMany(message => new[] { message.Role, message.Text }));
}
