using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Providers.Documents;

namespace Plumbline.Providers.HttpTargets;

/// <summary>Reads the description of a target, YAML or JSON, as <c>docs/formats.md</c> explains it.</summary>
internal static partial class HttpTargetFile
{
    private static readonly string[] Reasons = ["stop", "length", "content_filter"];

    /// <exception cref="ModelReferenceException">The file is not there, or a field of it cannot be used; with file, line and field.</exception>
    public static HttpTarget Read(string path)
    {
        var root = DocumentNode.Load(path, (sentence, cause) => cause is null ? new ModelReferenceException(sentence) : new ModelReferenceException(sentence, cause));
        root.AllowOnly("name", "url", "method", "headers", "body", "answer", "finish", "finishReasons", "usage");
        var usage = root.Field("usage");
        usage?.AllowOnly("input", "output");
        var url = Url(root.RequiredField("url"));
        return new HttpTarget(
            root.Field("name")?.Text() ?? url.Host,
            url,
            Method(root.Field("method")),
            Headers(root.Field("headers")),
            BodyTemplate.Read(root.RequiredField("body")),
            Path(root.RequiredField("answer")),
            root.Field("finish") is { } finish ? Path(finish) : null,
            FinishReasons(root.Field("finishReasons")),
            usage?.Field("input") is { } input ? Path(input) : null,
            usage?.Field("output") is { } output ? Path(output) : null,
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
    }

    private static Uri Url(DocumentNode node)
    {
        var text = node.Text();
        if (text.Contains("${", StringComparison.Ordinal)) throw node.Fault("an address is printed and stored, so it takes no reference to the environment. Put a key into a header");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) throw node.Fault("expected an http or https address");
        if (SecretParameter().Match(url.Query) is { Success: true } secret)
            throw node.Fault($"an address is printed and stored, and '{secret.Groups["name"].Value}' in it looks like a key. Put it into a header, as a reference to the environment");
        return url.UserInfo.Length > 0 ? throw node.Fault("the address carries a user name or password. Put a key into a header, as a reference to the environment") : url;
    }

    [GeneratedRegex("[?&](?<name>[^=&]*(key|token|secret|sig|auth|passw)[^=&]*)=[^&]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SecretParameter();

    private static HttpMethod Method(DocumentNode? node) => node?.Text() switch
    {
        null or "POST" => HttpMethod.Post,
        "PUT" => HttpMethod.Put,
        _ => throw node.Fault("expected POST or PUT"),
    };

    private static List<HeaderTemplate> Headers(DocumentNode? node)
    {
        var headers = new List<HeaderTemplate>();
        foreach (var (name, value) in node?.Fields() ?? [])
        {
            var header = new HeaderTemplate(name, value.Text(), value.Where);
            using var probe = new HttpRequestMessage();
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) throw value.Fault("the content type is application/json, since the body is");
            if (!probe.Headers.TryAddWithoutValidation(name, "probe")) throw value.Fault("is no header that a request can be given");
            if (!Ascii.IsValid(header.Value)) throw value.Fault("a header takes letters of ASCII only. Write others as your server expects them encoded");
            if (header.IsSecret && !header.Variables.Any()) throw value.Fault("a key does not stand in a file. Refer to the environment, as in \"Bearer ${MY_KEY}\"");
            if (header.Resolve(_ => "").Contains("${", StringComparison.Ordinal)) throw value.Fault("a reference to the environment is written ${NAME}");
            headers.Add(header);
        }

        return headers;
    }

    private static JsonPath Path(DocumentNode node)
    {
        try
        {
            return JsonPath.Parse(node.Text());
        }
        catch (FormatException exception)
        {
            throw node.Fault(exception.Message, exception);
        }
    }

    private static Dictionary<string, string> FinishReasons(DocumentNode? node)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in node?.Fields() ?? [])
            reasons[name] = Reasons.Contains(value.Text()) ? value.Text() : throw value.Fault($"expected one of {string.Join(", ", Reasons)}");
        return reasons;
    }
}
