using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Plumbline.Reports.Page;

/// <summary>Renders a component to HTML without a server.</summary>
internal static class StaticPage
{
    /// <summary>
    /// Renders <typeparamref name="TComponent"/> with its parameters into <paramref name="writer"/>. Everything that means something in HTML is
    /// escaped; letters of every script stay letters, so that a Chinese answer takes a third of the default encoder's bytes.
    /// </summary>
    public static async Task RenderAsync<TComponent>(
        IReadOnlyDictionary<string, object?> parameters,
        TextWriter writer,
        CancellationToken cancellationToken)
        where TComponent : IComponent
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Markup writes a bare number as the culture has it. This one holds until the page is rendered, and for nobody else.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        await using var services = new ServiceCollection().AddSingleton(Markup.Encoder).AddSingleton<IComponentActivator>(new ComponentActivator()).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TComponent>(
                ParameterView.FromDictionary(parameters.ToDictionary(StringComparer.Ordinal)));
            cancellationToken.ThrowIfCancellationRequested();
            root.WriteHtmlTo(writer);
        });
        await writer.FlushAsync(cancellationToken);
    }
}
