namespace Plumbline.Attacks;

/// <summary>An attack that encodes the request. It works only on a model that can decode, so a probe asks first.</summary>
public interface IEncodingAttack : IAttack
{
    /// <summary>The encoding's name as a user would write it.</summary>
    string EncodingName { get; }

    /// <summary>The encoded form of <paramref name="text"/>.</summary>
    string Encode(string text);
}
