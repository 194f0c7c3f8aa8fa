using System.Globalization;

namespace Plumbline.Providers.Endpoints;

/// <summary>A stream of which no more is read than a limit.</summary>
/// <param name="inner">The stream, which is disposed with this one.</param>
/// <param name="limit">The most bytes.</param>
/// <param name="isWholeWanted">Whether more than the limit is a fault; if not, it ends there.</param>
internal sealed class BoundedStream(Stream inner, long limit, bool isWholeWanted) : Stream
{
    private long _taken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _taken;
        set => throw new NotSupportedException();
    }

    /// <exception cref="FormatException">There is more than the limit, and the whole is wanted.</exception>
    public override int Read(Span<byte> buffer) => IsOver ? 0 : Taken(inner.Read(buffer[..Fitting(buffer.Length)]));

    /// <inheritdoc cref="Read(Span{byte})"/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc cref="Read(Span{byte})"/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        IsOver ? 0 : Taken(await inner.ReadAsync(buffer[..Fitting(buffer.Length)], cancellationToken));

    /// <inheritdoc cref="Read(Span{byte})"/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    // A read of nothing would wait for a server that says nothing more.
    private bool IsOver => _taken == limit && !isWholeWanted;

    // One byte beyond the limit tells a longer content from one that just fits.
    private int Fitting(int length) => (int)Math.Min(length, limit - _taken + (isWholeWanted ? 1 : 0));

    private int Taken(int read)
    {
        _taken += read;
        return _taken <= limit ? read : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the answer is longer than {limit / 1024 / 1024} MiB"));
    }
}
