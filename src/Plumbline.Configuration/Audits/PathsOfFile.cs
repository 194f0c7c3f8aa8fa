using Plumbline.Attacks;
using Plumbline.Configuration.Sources;
using Plumbline.Judges.Models;

namespace Plumbline.Configuration.Audits;

/// <summary>Relative paths in a file start from the file's folder, wherever the command is run.</summary>
internal static class PathsOfFile
{
    /// <summary>A path as seen from the working folder.</summary>
    public static string Of(string path, Origin origin) => origin.Folder is not { } folder || Path.IsPathRooted(path) ? path : Path.Combine(folder, path);

    /// <summary>A suite: a name without a folder or an extension is a built-in one's.</summary>
    public static string OfSuite(string name, Origin origin) => name.Contains('/') || name.Contains('\\') || Path.HasExtension(name) ? Of(name, origin) : name;

    /// <summary>An attack: the file of one that takes a file is a path.</summary>
    public static string OfAttack(string name, Origin origin) => AttackCatalog.Forms.FirstOrDefault(form => form.TakesFile && name.StartsWith(form.Name + ":", StringComparison.Ordinal)) is { } form
        ? $"{form.Name}:{Of(name[(form.Name.Length + 1)..], origin)}"
        : name;

    /// <summary>A model: its folder or file and its adapter are paths; bob and whatever begins with a scheme are not.</summary>
    public static string OfModel(string model, Origin origin)
    {
        if (origin.Folder is null || model == "bob") return model;
        if (Scheme(model) is { } scheme) return scheme is "recorded:" or "http-target:" ? scheme + Of(model[scheme.Length..], origin) : model;

        var plus = Path.Exists(Of(model, origin)) ? -1 : model.LastIndexOf('+');
        return plus <= 0 ? Of(model, origin) : $"{OfModel(model[..plus], origin)}+{Of(model[(plus + 1)..], origin)}";
    }

    /// <summary>A judge: what stands behind <c>NAME@</c> is a model.</summary>
    public static string OfJudge(string name, Origin origin) => name.IndexOf(ModelJudge.Separator, StringComparison.Ordinal) is >= 0 and var at && at + 1 < name.Length
        ? name[..(at + 1)] + OfModel(name[(at + 1)..], origin)
        : name;

    // A single letter before a colon is a drive.
    private static string? Scheme(string model) => model.IndexOf(':', StringComparison.Ordinal) is > 1 and var end && model[..end].All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? model[..(end + 1)] : null;
}
