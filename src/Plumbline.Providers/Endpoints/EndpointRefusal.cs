using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Calls;

namespace Plumbline.Providers.Endpoints;

/// <summary>
/// Reads why a server refused a request, from what it says with the status. Gateways, guardrails and moderators answer a prompt that they stop with nearly any
/// status of the 400s, and what they say is the only difference to a key that is refused and to a request that is malformed.
/// </summary>
internal static partial class EndpointRefusal
{
    private const int DeepestPart = 5;
    private const int LongestSentence = 2000;

    private static readonly string[] Codes = ["code", "type", "status", "reason", "error_code", "errorCode", "error_type", "category", "param"];
    private static readonly string[] Sentences = ["message", "msg", "detail", "error", "description", "title", "error_description", "error_message"];

    // Not what a server repeats of the request ("input", "flagged_input"): a prompt may speak of anything.
    private static readonly string[] Parts = ["error", "errors", "detail", "details", "innererror", "inner_error", "data"];

    /// <summary>Whether the answer was withheld because of its or the prompt's content.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="said">What the server said with it.</param>
    public static bool IsOfContent(int status, string said)
    {
        // Unavailable for legal reasons: the content's.
        if (status == 451) return true;
        // A key, money, a place that is not there, an overload: nothing of them is the prompt's.
        if (status is < 400 or >= 500 or 401 or 402 or 404 or 405 or 407 or 408 or 429) return false;
        var (codes, sentences) = Read(said);
        return !sentences.Exists(IsOfAccount)
            && (codes.Exists(code => AnswerEnds.Of(code) == AnswerEnd.Withheld) || sentences.Concat(codes.Select(code => code.Replace('_', ' '))).Any(sentence => SpeaksOfContent().IsMatch(sentence) || SpeaksOfContentElsewhere().IsMatch(sentence)));
    }

    /// <summary>Whether the server speaks of the key, or of what its owner may do.</summary>
    /// <param name="said">What the server said.</param>
    public static bool IsOfKey(string said)
    {
        var (codes, sentences) = Read(said);
        return sentences.Concat(codes.Select(code => code.Replace('_', ' '))).Any(sentence => SpeaksOfKey().IsMatch(sentence) || IsOfAccount(sentence));
    }

    private static bool IsOfAccount(string sentence) => SpeaksOfAccount().IsMatch(sentence) || SpeaksOfAccountElsewhere().IsMatch(sentence);

    private static (List<string> Codes, List<string> Sentences) Read(string said)
    {
        var found = (Codes: new List<string>(), Sentences: new List<string>());
        try
        {
            using var json = JsonDocument.Parse(said);
            Read(json.RootElement, found, DeepestPart);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or cut off, or with half a surrogate pair: read as it stands.
            found.Sentences.Add(Beginning(said));
        }

        return found;
    }

    private static void Read(JsonElement part, (List<string> Codes, List<string> Sentences) found, int depth)
    {
        if (depth == 0) return;
        if (part.ValueKind == JsonValueKind.String) found.Sentences.Add(Beginning(part.GetString()!));
        if (part.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in part.EnumerateArray()) Read(item, found, depth - 1);
        }

        if (part.ValueKind != JsonValueKind.Object) return;
        foreach (var field in part.EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.String)
            {
                if (Parts.Contains(field.Name)) Read(field.Value, found, depth - 1);
            }
            else if (Codes.Contains(field.Name))
            {
                found.Codes.Add(Beginning(field.Value.GetString()!));
            }
            else if (Sentences.Contains(field.Name))
            {
                found.Sentences.Add(Beginning(field.Value.GetString()!));
            }
        }
    }

    private static string Beginning(string text) => text.Length > LongestSentence ? text[..LongestSentence] : text;

    [GeneratedRegex(
        """content[ _-]?(polic(y|ies)|filter|management|moderation)|guard[ _-]?rail|(usage|acceptable use|safety|responsible ai) polic(y|ies)|violat\w*[^.]{0,60}(polic(y|ies)|guidelines)|polic(y|ies) violat|safety (system|filter|setting|check|guideline|reason)|due to safety|moderation|\bflagged\b|(prohibited|harmful|unsafe) content|(prompt|input|content|message|response|output|completion)s? (was |were |is |are |has been |have been )?(blocked|filtered)""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SpeaksOfContent();

    // The same in German, French, Spanish and Portuguese, Italian, Russian, Chinese, Japanese and Korean.
    [GeneratedRegex(
        """(inhalts|nutzungs)-?(richtlinie|filter)|(verst(ö|oe)(ß|ss)t|versto(ß|ss)en)\b[^.]{0,60}richtlinie|politiques? (de|d['’]) ?(contenu|utilisation|mod[ée]ration)|filtres? de contenu|contenus? (interdit|inappropri|sensible|bloqu)|pol[íi]ticas? de (contenido|conte[úu]do|uso)|filtros? de (contenido|conte[úu]do)|(contenido|conte[úu]do) (inapropiado|inadequado|prohibido|proibido|bloqueado|sensible|sens[íi]vel)|(norme|politic[ah]e?) (su|sui|di|dei) contenut|filtro (dei )?contenut|contenut[oi] (inappropriat|vietat|bloccat)|(политик|правил)\w* [^.]{0,20}(контент|содержан|использован)|(недопустим|запрещ[её]нн)\w* (контент|содержан)|敏感|违规|違規|不当内容|不當內容|不安全内容|内容安全|内容审核|コンテンツ(ポリシー|フィルタ)|不適切な(内容|コンテンツ)|콘텐츠 ?(정책|필터)|부적절한 (내용|콘텐츠)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SpeaksOfContentElsewhere();

    // "You have no permission" by itself may be of the prompt: whose permission it is, or a code, tells.
    [GeneratedRegex("""\bkeys?\b|api_?key|permissions? (error|denied)|(insufficient|missing|lacks?( the)?|required) permissions?|permissions?\b[^.]{0,60}\b(keys?|models?|projects?|organi[sz]ations?|resources?|deployments?|endpoints?|apis?|tokens?|accounts?|users?|roles?|perform)\b|\b(models?|projects?|organi[sz]ations?|resources?|deployments?|endpoints?|apis?|tokens?|accounts?|users?|roles?)\b[^.]{0,60}permission|credential|authenti|authori[sz]|(does|do) not have access|\bsubscription\b|\blicen[sc]e|\bcountry\b|\bterritory\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SpeaksOfKey();

    // "Your account was deactivated for violating our usage policies" is of no prompt.
    [GeneratedRegex("""\b(account|organi[sz]ation|project|workspace|subscription)\b[^.]{0,60}(deactivat|suspend|disabled|terminated|banned|flagged|blocked)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SpeaksOfAccount();

    // The same in the languages in which content is known. What may become of an account is said of a prompt too: in Chinese, Japanese and Korean that is told apart.
    [GeneratedRegex(
        """\b(benutzer|nutzer)?(konto|account|projekt|organisation)\b[^.]{0,120}(gesperrt|deaktiviert|stillgelegt)|\bcompte\b[^.]{0,60}(suspendu|d[ée]sactiv|bloqu[ée]|banni)|\bcuenta\b[^.]{0,60}(suspendid|desactivad|bloquead|inhabilitad)|\bconta\b[^.]{0,60}(suspens|desativad|bloquead|banid)|\baccount\b[^.]{0,60}(sospes|disattivat|bloccat)|(аккаунт|уч[её]тн\w+ запис)\w*[^.]{0,60}(заблокирован|приостановлен|отключ[её]н|деактивирован)|([账帐]号|[账帐]户|[帳賬]號|[帳賬]戶)[^。将將会會可]{0,40}(封|停用|禁用|冻结|凍結|注销|暂停)|アカウント[^。場可]{0,40}(停止|凍結|無効)|계정[^.수]{0,40}(정지|차단|비활성)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SpeaksOfAccountElsewhere();
}
