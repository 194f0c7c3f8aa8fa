using System.Globalization;

namespace Plumbline.Attacks;

/// <summary>Reads the value of an attack that takes a number.</summary>
static class WholeNumber
{
    /// <exception cref="AttackException">It is no whole number, or outside its range.</exception>
    public static int Read(string form, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new AttackException($"The attack '{form}:{value}' cannot be: it takes a whole number from {least} to {most}. Write {form}:{least}, for example.");
}
