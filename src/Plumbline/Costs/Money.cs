using System.Globalization;

namespace Plumbline.Costs;

/// <summary>How amounts are written.</summary>
public static class Money
{
    /// <summary>"12.50 USD", "0.0042 USD": two decimals, up to four where there are any.</summary>
    public static string Of(decimal amount, string currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Round(amount, 4, MidpointRounding.AwayFromZero):#,0.00##} {currency}");
}
