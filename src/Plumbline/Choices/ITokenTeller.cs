namespace Plumbline.Choices;

/// <summary>
/// A chat client that may be asked, with <see cref="TokenProbabilities.Ask"/>, for the likeliest first tokens of an answer. A client offers it as a service
/// (<c>client.GetService&lt;ITokenTeller&gt;()</c>). Whether the server behind it tells them is only found out by asking.
/// </summary>
public interface ITokenTeller
{
    /// <summary>The most tokens that it can be asked for.</summary>
    int MostTokens { get; }
}
