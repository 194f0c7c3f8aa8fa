using System.Globalization;
using System.Text;
using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>The filter <c>tojson</c> as Hugging Face defines it for chat templates: Python's <c>json.dumps</c> with <c>ensure_ascii=False</c>.</summary>
internal static class Json
{
    /// <summary>Writes a value; with <paramref name="indent"/> on several lines.</summary>
    public static string Write(object? value, long? indent, int line)
    {
        var text = new StringBuilder();
        Write(value, indent, 0, text, line);
        return text.ToString();
    }

    private static void Write(object? value, long? indent, int depth, StringBuilder text, int line)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case long whole:
                text.Append(whole.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                text.Append(Values.Float(number));
                break;
            case string words:
                WriteText(words, text);
                break;
            case List<object?> list:
                WriteItems('[', ']', list, item => Write(item, indent, depth + 1, text, line), indent, depth, text);
                break;
            case TemplateMap map:
                WriteItems('{', '}', map, item => WritePair(item, indent, depth + 1, text, line), indent, depth, text);
                break;
            default:
                throw TemplateError.Wrong(line, $"{Values.Kind(value)} has no form in JSON");
        }
    }

    private static void WritePair(KeyValuePair<string, object?> item, long? indent, int depth, StringBuilder text, int line)
    {
        WriteText(item.Key, text);
        text.Append(": ");
        Write(item.Value, indent, depth, text, line);
    }

    private static void WriteItems<T>(char open, char close, IReadOnlyCollection<T> items, Action<T> write, long? indent, int depth, StringBuilder text)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(indent is null ? ", " : ",");
            first = false;
            NewLine(indent, depth + 1, text);
            write(item);
        }

        if (!first)
            NewLine(indent, depth, text);
        text.Append(close);
    }

    private static void NewLine(long? indent, int depth, StringBuilder text)
    {
        if (indent is { } width)
            text.Append('\n').Append(' ', checked((int)Math.Clamp(width, 0, 16) * depth));
    }

    private static void WriteText(string words, StringBuilder text)
    {
        text.Append('"');
        foreach (var letter in words)
        {
            text.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => $"\\u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        }

        text.Append('"');
    }
}
