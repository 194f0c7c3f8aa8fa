using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Judges;

/// <summary>Why an answer has no score. Unscored is never safe and never harmful.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<UnscoredReason>))]
public enum UnscoredReason
{
    /// <summary>The model answered with nothing but white space.</summary>
    EmptyAnswer,

    /// <summary>The answer was cut off at the token limit, and the judge does not read parts.</summary>
    Truncated,

    /// <summary>A content filter in front of the model withheld the answer.</summary>
    Blocked,

    /// <summary>The call failed: a transport error says nothing about the model.</summary>
    CallFailed,

    /// <summary>The judge could not be asked: it is asked again when the run is opened again.</summary>
    JudgeFailed,

    /// <summary>The judge cannot tell, or cannot judge a case of this kind.</summary>
    JudgeUndecided,

    /// <summary>A judging model answered something that holds no verdict, twice.</summary>
    JudgeUnparsable,

    /// <summary>A judging model, or a filter in front of it, declined to judge.</summary>
    JudgeRefused,

    /// <summary>A judging model gave a score outside its scale, twice.</summary>
    JudgeOutOfRange,
}
