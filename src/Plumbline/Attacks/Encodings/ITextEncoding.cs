namespace Plumbline.Attacks.Encodings;

/// <summary>A way to write a text so that its words do not stand in it.</summary>
public interface ITextEncoding
{
    /// <summary>Its name, as it stands after "the text below is in".</summary>
    string Name { get; }

    /// <summary>The encoded form of <paramref name="text"/>.</summary>
    string Encode(string text);
}
