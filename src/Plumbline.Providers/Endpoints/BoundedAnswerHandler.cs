using System.Net;

namespace Plumbline.Providers.Endpoints;

/// <summary>Reads no more of a response than an answer can be long: a server that never ends must not fill the memory.</summary>
internal sealed class BoundedAnswerHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>The longest answer, in bytes: some hundred thousand tokens with all that may stand around them.</summary>
    public const int LongestAnswer = 16 * 1024 * 1024;

    /// <summary>So much is read of what comes with a status that is no success.</summary>
    public const int LongestFailure = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        response.Content = new BoundedContent(response.Content, response.IsSuccessStatusCode);
        return response;
    }

    private sealed class BoundedContent : HttpContent
    {
        private readonly HttpContent _content;
        private readonly bool _isAnswer;

        public BoundedContent(HttpContent content, bool isAnswer)
        {
            (_content, _isAnswer) = (content, isAnswer);
            foreach (var (name, values) in content.Headers)
            {
                if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
            new BoundedStream(await _content.ReadAsStreamAsync(cancellationToken), _isAnswer ? LongestAnswer : LongestFailure, _isAnswer);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await using var content = await CreateContentReadStreamAsync(cancellationToken);
            await content.CopyToAsync(stream, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _content.Dispose();
            base.Dispose(disposing);
        }
    }
}
