using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Configuration.Sources;

/// <summary>
/// A file of variables, such as <c>.env</c>: a line each, <c>NAME=value</c>, with <c>export</c> in front if need be. What stands behind <c>#</c> at the
/// beginning of a line or behind a space is a comment. A value in single quotes is taken as it stands; in double quotes <c>\n</c>, <c>\t</c>, <c>\"</c>,
/// <c>\\</c> and <c>\$</c> are read; one without quotes ends at the comment, without the spaces around it. Nothing is put in for <c>$NAME</c>.
/// </summary>
public static partial class EnvironmentFile
{
    /// <summary>The name of the file that is read without being named.</summary>
    public const string Name = ".env";

    private const int Longest = 1 << 20;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <returns>The variables, each with its line and the folder that a relative path in it starts from: the file's.</returns>
    /// <exception cref="ConfigurationException">It is missing, unreadable, or a line is none. No message repeats what stands in the file: it may be a
    /// secret.</exception>
    public static IReadOnlyDictionary<string, Given> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path)) throw new ConfigurationException($"There is no file '{path}' with variables of the environment.");

        try
        {
            if (new FileInfo(path).Length > Longest) throw new ConfigurationException($"{path} is longer than {Longest} bytes. Is it a file with variables of the environment?");
            return Parse(path, File.ReadAllText(path, StrictUtf8), FolderOf(path));
        }
        catch (DecoderFallbackException exception)
        {
            throw new ConfigurationException($"{path} is not UTF-8 text. Save it as UTF-8.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a file's text; of a name that stands in it twice the later line counts.</summary>
    internal static IReadOnlyDictionary<string, Given> Parse(string name, string text, string? folder = null)
    {
        var values = new Dictionary<string, Given>(StringComparer.Ordinal);
        foreach (var (index, raw) in text.Split('\n').Index())
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;

            var place = string.Create(CultureInfo.InvariantCulture, $"{name}, line {index + 1}");
            var match = Assignment().Match(line);
            if (!match.Success) throw new ConfigurationException($"{place}: expected NAME=value, the name of letters, digits and underscores, or a comment behind '#'. (The line is not shown: it may hold a secret.)");

            var variable = match.Groups["name"].Value;
            values[variable] = new Given(Value(match.Groups["value"].Value, place, variable), new Origin(OriginKind.Variable, $"{variable} ({place})", folder));
        }

        return values;
    }

    private static string Value(string text, string place, string variable)
    {
        if (text is not ['"' or '\'', ..]) return Comment().Replace(text, "").TrimEnd();

        var quoted = text[0] == '"' ? DoubleQuoted().Match(text) : SingleQuoted().Match(text);
        if (!quoted.Success) throw new ConfigurationException($"{place}: the value of {variable} begins with {text[0]} and must end with it on the same line, with nothing but a comment behind it.");

        var inner = quoted.Groups["inner"].Value;
        return text[0] == '\'' ? inner : Escape().Replace(inner, escape => escape.ValueSpan[1] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", var other => other.ToString() });
    }

    /// <summary>Null for the working folder: paths stay as they were written.</summary>
    private static string? FolderOf(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return folder == Directory.GetCurrentDirectory() ? null : Path.GetRelativePath(Directory.GetCurrentDirectory(), folder);
    }

    [GeneratedRegex(@"^(export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?<value>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(^|\s)#.*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Comment();

    [GeneratedRegex("""^"(?<inner>([^"\\]|\\.)*)"\s*(#.*)?$""", RegexOptions.ExplicitCapture)]
    private static partial Regex DoubleQuoted();

    [GeneratedRegex(@"^'(?<inner>[^']*)'\s*(#.*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex SingleQuoted();

    [GeneratedRegex(@"\\[ntr""\\$]")]
    private static partial Regex Escape();
}
