using System.Security.Cryptography;
using System.Text;
using Plumbline.Naming;

namespace Plumbline.Attacks.Files;

/// <summary>The words of an attack that the user brings.</summary>
/// <param name="File">The file and its hash.</param>
/// <param name="Text">Its text, without a byte order mark and without line ends after the last line.</param>
sealed record AttackText(AttackFile File, string Text)
{
    /// <summary>Where the request goes.</summary>
    public const string Placeholder = "{prompt}";

    const int MostBytes = 1 << 20;

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="form">The attack that it is for, as the user named it: "persona".</param>
    /// <param name="path">The file.</param>
    /// <exception cref="AttackException">It is not there, empty, larger than a megabyte, or no UTF-8.</exception>
    public static AttackText Read(string form, string path)
    {
        var bytes = Bytes(form, path);
        try
        {
            var text = StrictUtf8.GetString(bytes).TrimStart('\uFEFF').TrimEnd('\r', '\n');
            return string.IsNullOrWhiteSpace(text)
                ? throw new AttackException($"The file of the attack '{form}:{path}' is empty. Write the attack's text into it.")
                : new AttackText(new AttackFile(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(bytes))), text);
        }
        catch (DecoderFallbackException e)
        {
            throw new AttackException($"The file of the attack '{form}:{path}' is no UTF-8 text. Save it as UTF-8.", e);
        }
    }

    static byte[] Bytes(string form, string path)
    {
        try
        {
            using var stream = System.IO.File.OpenRead(path);
            if (stream.Length > MostBytes)
                throw new AttackException($"The file of the attack '{form}:{path}' has {Thousands.Of(stream.Length)} bytes; at most {Thousands.Of(MostBytes)} make sense for a text that goes in front of every request.");

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AttackException($"There is no file for the attack '{form}:{path}'. Give the path of a text file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AttackException($"The file of the attack '{form}:{path}' cannot be read: {e.Message}", e);
        }
    }
}
