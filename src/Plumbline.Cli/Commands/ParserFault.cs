using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Plumbline.Cli.Commands;

/// <summary>What is wrong with a command line, in our words where the parser would name a type.</summary>
internal static class ParserFault
{
    public static string Describe(ParseError error)
    {
        var option = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        return option is { Tokens: [var token] } && Expected(option.Option) is { } expected && !Reads(option.Option, token.Value)
            ? $"{option.Option.Name} is {(token.Value.Length == 0 ? "empty" : $"'{token.Value}'")}; it must be {expected}."
            : error.Message;
    }

    private static string? Expected(Option option) => Type.GetTypeCode(TypeOf(option)) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.UInt32 or TypeCode.UInt64 => "a whole number, 0 or more",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
        _ => null,
    };

    /// <summary>Whether it is such a value after all: then something else is wrong.</summary>
    private static bool Reads(Option option, string text) => Type.GetTypeCode(TypeOf(option)) switch
    {
        TypeCode.Int32 => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        TypeCode.Int64 => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        TypeCode.UInt32 or TypeCode.UInt64 => ulong.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
    };

    private static Type TypeOf(Option option) => Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
}
