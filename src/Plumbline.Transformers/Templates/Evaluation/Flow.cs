namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>How execution goes on after a statement.</summary>
internal enum Flow
{
    /// <summary>With the next one.</summary>
    Next,

    /// <summary>After the loop.</summary>
    Break,

    /// <summary>With the loop's next item.</summary>
    Continue,
}
