using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Providers.HttpTargets;

/// <summary>A header whose value may refer to the environment: <c>Bearer ${MY_KEY}</c>.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">Its value as it is written.</param>
/// <param name="Where">Its place in the file.</param>
internal sealed partial record HeaderTemplate(string Name, string Value, string Where)
{
    /// <summary>The variables that it refers to.</summary>
    public IEnumerable<string> Variables => Reference().Matches(Value).Select(match => match.Groups[1].Value);

    /// <summary>Whether it is one that keys stand in, by its name.</summary>
    public bool IsSecret => SecretName().IsMatch(Name);

    /// <summary>The value that is sent.</summary>
    /// <param name="valueOf">A variable's value.</param>
    public string Resolve(Func<string, string> valueOf)
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (Match match in Reference().Matches(Value))
        {
            text.Append(Value, at, match.Index - at).Append(valueOf(match.Groups[1].Value));
            at = match.Index + match.Length;
        }

        return text.Append(Value, at, Value.Length - at).ToString();
    }

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Reference();

    [GeneratedRegex("authorization|cookie|key|token|secret|password", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
