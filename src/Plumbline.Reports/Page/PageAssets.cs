using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Reports.Page;

/// <summary>The style sheet and the script that are written into every page, and the policy that allows these two and nothing else.</summary>
internal static class PageAssets
{
    /// <summary>The style sheet.</summary>
    public static string Style { get; } = Read("report.css");

    /// <summary>The script. Every page can be read in full without it.</summary>
    public static string Script { get; } = Read("report.js");

    /// <summary>
    /// The page's content security policy: no request to anywhere, no form, no frame, no inline handler or style; only the two texts with
    /// these hashes run. Whatever slipped through the escaping would still do nothing.
    /// </summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; img-src data:; base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without its resource '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
