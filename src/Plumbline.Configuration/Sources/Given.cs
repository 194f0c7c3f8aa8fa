namespace Plumbline.Configuration.Sources;

/// <summary>A value as it was given.</summary>
/// <param name="Text">The text, with references such as <c>${NAME}</c> as they stand.</param>
/// <param name="Origin">Where.</param>
public sealed record Given(string Text, Origin Origin)
{
    /// <summary>The exception for a value that cannot be used.</summary>
    /// <param name="key">The setting's place in the file.</param>
    /// <param name="expected">What stands behind "it must be".</param>
    public ConfigurationException Unusable(string key, string expected) => string.IsNullOrWhiteSpace(Text)
        ? new($"{Name(key)} is empty; it must be {expected}.{(Origin.Kind is OriginKind.Option ? " Was a variable of the shell not set?" : "")}")
        : new($"{Name(key)} is {Quoted(Text)}; it must be {expected}.");

    /// <summary>The exception for a value that is unusable for a reason of its own.</summary>
    public ConfigurationException Because(string key, string sentence, Exception? inner = null)
    {
        var message = Origin.Kind is OriginKind.Option ? sentence : $"{Name(key)}: {sentence}";
        return inner is null ? new ConfigurationException(message) : new ConfigurationException(message, inner);
    }

    /// <summary>An option and a variable are their own names; in a file the place and the key are.</summary>
    private string Name(string key) => Origin.Kind is OriginKind.Option or OriginKind.Variable ? Origin.Place : $"{Origin.Place}: {key}";

    /// <summary>Numbers and names stand as they are; what could be taken for more of the sentence is quoted.</summary>
    internal static string Quoted(string text)
    {
        const int Shown = 80;
        var shortened = text.Length <= Shown ? text : text[..Shown] + "…";
        return shortened.Length > 0 && shortened.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '+') ? shortened : $"'{shortened}'";
    }
}
