namespace Plumbline.Configuration.Values;

/// <summary>What a setting's value may be, and how it is read.</summary>
/// <typeparam name="T">The value.</typeparam>
public abstract class ValueShape<T> : ValueShape
{
    /// <summary>Reads a value; false where the text is none.</summary>
    public abstract bool TryRead(string text, out T value);

    /// <summary>Reads a value that a run was begun with: also one that only an earlier version took, so that the run can be gone on with.</summary>
    public virtual bool TryReadStored(string text, out T value) => TryRead(text, out value);

    /// <inheritdoc/>
    public sealed override bool Accepts(string text) => TryRead(text, out _);
}
