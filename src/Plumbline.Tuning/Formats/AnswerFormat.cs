namespace Plumbline.Tuning.Formats;

/// <summary>The shape that a request demands of its answer.</summary>
public abstract record AnswerFormat
{
    /// <summary>Short name: part of a combination's key.</summary>
    public abstract string Id { get; }

    /// <summary>The plain <paramref name="answer"/> in this shape.</summary>
    public abstract string Apply(string answer);

    /// <summary>Whether a model's <paramref name="response"/> has the shape, whatever it says.</summary>
    public abstract bool IsRespectedBy(string response);

    /// <summary>Whether <paramref name="response"/> begins in the shape, so that a refusal after it has followed part of the request.</summary>
    public virtual bool IsOpenedBy(string response) => false;

    /// <summary>What <paramref name="response"/> says, taken out of the shape as far as it has it.</summary>
    public virtual string ContentOf(string response) => response;
}
