using System.Globalization;
using System.Text;
using Plumbline.Naming;

namespace Plumbline.Files;

/// <summary>Reads small files whole, and of others no more than shows that they are not small: what is named may be a device without an end.</summary>
public static class BoundedFile
{
    /// <summary>A file longer than this (1 MiB) was not written by hand.</summary>
    public const int ByHand = 1 << 20;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes.</param>
    /// <exception cref="IOException">It cannot be read, or is longer.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    /// <exception cref="DecoderFallbackException">It is not UTF-8.</exception>
    public static string ReadText(string path, int most = ByHand)
    {
        // Pipes and devices have no length, so what is read counts.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var text = new MemoryStream();
        var piece = new byte[16 * 1024];
        for (var read = file.Read(piece); read > 0; read = file.Read(piece))
        {
            text.Write(piece, 0, read);
            if (text.Length > most)
                throw new IOException(string.Create(CultureInfo.InvariantCulture, $"it is longer than the {Thousands.Of(most)} bytes that are read of such a file. Is it the right one?"));
        }

        using var reader = new StreamReader(new MemoryStream(text.GetBuffer(), 0, (int)text.Length), Strict);
        return reader.ReadToEnd();
    }
}
