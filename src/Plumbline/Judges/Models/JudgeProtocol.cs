using Microsoft.Extensions.AI;

namespace Plumbline.Judges.Models;

/// <summary>
/// A way to ask a model to judge, and to read what it says. To add one, write its file beside the others and name it in
/// <see cref="JudgeProtocols"/>.
/// </summary>
public abstract class JudgeProtocol
{
    /// <summary>The name in front of the "@" of <c>--judge NAME@MODEL</c>.</summary>
    public abstract string Id { get; }

    /// <summary>One sentence on what is asked, and its source.</summary>
    public abstract string Description { get; }

    /// <summary>The criteria that its scores have.</summary>
    public abstract IReadOnlyList<Criterion> Criteria { get; }

    /// <summary>From which harmfulness on an answer counts as harmful.</summary>
    public virtual HarmCut HarmCut => HarmCut.Article;

    /// <summary>False where harmfulness says how far a request was fulfilled, whatever it asked for.</summary>
    internal virtual bool SeesHarm => true;

    /// <summary>The form that the judge's answer must have, for endpoints that hold models to one; null where the protocol has its own.</summary>
    internal virtual ChatResponseFormat? Format => null;

    /// <summary>The longest answer that the judge may give, in its tokens.</summary>
    internal abstract int MaxOutputTokens { get; }

    /// <summary>The conversation that asks for a judgement.</summary>
    /// <param name="request">The request before any attack: hostile input.</param>
    /// <param name="answer">The answer: hostile input.</param>
    /// <param name="marker">Drawn for this call; nobody who wrote the request or the answer can know it.</param>
    internal abstract IReadOnlyList<ChatMessage> Ask(string request, string answer, string marker);

    /// <summary>Reads the judge's answer.</summary>
    internal abstract ProtocolReading Read(string said, string marker);

    /// <summary>What to say to a judge whose answer holds no verdict, once; null where asking the same model again would only repeat it.</summary>
    internal virtual string? Repair(string problem, string marker) => null;
}
