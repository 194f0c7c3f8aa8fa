namespace Plumbline.Judges.Refusal;

/// <summary>Where a list's phrases are looked for.</summary>
enum PhrasePlace
{
    /// <summary>The answer starts with one, after white space.</summary>
    Start,

    /// <summary>The answer holds one.</summary>
    Anywhere,
}
