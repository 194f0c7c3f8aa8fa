using System.Globalization;
using System.Text;
using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>The filter <c>tojson</c> as Hugging Face defines it for chat templates: Python's <c>json.dumps</c> with <c>ensure_ascii=False</c>.</summary>
internal sealed class Json(long? indent, Budget budget, int line)
{
    private readonly StringBuilder text = new();

    /// <summary>Writes a value; with <paramref name="indent"/> on several lines.</summary>
    public static string Write(object? value, long? indent, Budget budget, int line)
    {
        var json = new Json(indent is { } width ? Math.Clamp(width, 0, 16) : null, budget, line);
        json.Add(value, depth: 0);
        return json.text.ToString();
    }

    private void Add(object? value, int depth)
    {
        budget.Enter(line);
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
                AddText(words);
                break;
            case List<object?> list:
                AddItems('[', ']', list, item => Add(item, depth + 1), depth);
                break;
            case TemplateMap map:
                AddItems('{', '}', map, item => AddPair(item, depth + 1), depth);
                break;
            default:
                throw TemplateError.Wrong(line, $"{Values.Kind(value)} has no form in JSON");
        }

        budget.Leave();
    }

    private void AddPair(KeyValuePair<string, object?> item, int depth)
    {
        AddText(item.Key);
        text.Append(": ");
        Add(item.Value, depth);
    }

    private void AddItems<T>(char open, char close, IReadOnlyCollection<T> items, Action<T> add, int depth)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(indent is null ? ", " : ",");
            first = false;
            BeginLine(depth + 1);
            add(item);
        }

        if (!first)
            BeginLine(depth);
        text.Append(close);
    }

    private void BeginLine(int depth)
    {
        if (indent is not { } width)
            return;
        budget.Spend(width * depth, line);
        text.Append('\n').Append(' ', (int)width * depth);
    }

    private void AddText(string words)
    {
        budget.Spend(words.Length, line);
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
