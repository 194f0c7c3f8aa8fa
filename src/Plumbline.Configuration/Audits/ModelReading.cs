using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;

namespace Plumbline.Configuration.Audits;

/// <summary>Puts a model's parts together to the one string that names it.</summary>
internal sealed class ModelReading(Layers layers)
{
    /// <summary>The model of a side; null where none is given.</summary>
    /// <exception cref="ConfigurationException">Its parts do not go together.</exception>
    public ModelSetting? Read(ModelKeys side, ModelKeys other)
    {
        var parts = PartsOf(side, other);
        if (parts.Count == 0) return null;

        var model = parts.GetValueOrDefault(side.Model);
        var url = parts.GetValueOrDefault(side.Url);
        var name = parts.GetValueOrDefault(side.Name);
        var adapter = parts.GetValueOrDefault(side.Adapter);
        var first = parts.Values.First();
        if (url is null != name is null) throw (url ?? name)!.Because(side.Key, $"'{(url is null ? "name" : "url")}' needs '{(url is null ? "url" : "name")}' beside it: an endpoint's address, and the model's name there.");
        if (model is not null && url is not null) throw url.Because(side.Key, "'model' and 'url' both name the model. Keep one of them.");
        if (model is null && url is null) throw first.Because(side.Key, "no model is named. Expected 'model', or 'url' and 'name'.");
        if (adapter is not null && url is not null) throw adapter.Because(side.Key, "an adapter goes over a model that runs in this process, not over an endpoint.");

        var text = Join(model, url, name, adapter, given => layers.Read(side.Model, side.Key, given));
        var shown = Join(model, url, name, adapter, given => given.Text);
        return new ModelSetting(text, shown, KeyVariable(side, parts.GetValueOrDefault(side.Secret)), model ?? url ?? first, layers.Resolved);
    }

    /// <summary>What is given for a side, under the side's own settings; with what it takes from the other one.</summary>
    private Dictionary<Setting, Given> PartsOf(ModelKeys side, ModelKeys other)
    {
        var own = OwnPartsOf(side);
        if (!own.Remove(side.Like, out var like)) return own;

        var taken = OwnPartsOf(other);
        if (taken.ContainsKey(other.Like)) throw like.Because(side.Like.Key, "each side is like the other one. Name a model on one of them.");
        if (taken.Count == 0) throw like.Because(side.Like.Key, $"there is no {side.Other} to be like.");

        var replacesModel = own.ContainsKey(side.Model) || own.ContainsKey(side.Url);
        foreach (var (mine, theirs) in side.All.Zip(other.All))
        {
            // A model of its own takes the place of the other's model, whichever way each was written.
            var isReplaced = replacesModel && (mine == side.Model || mine == side.Url || (mine == side.Name && own.ContainsKey(side.Model)));
            if (!isReplaced && taken.TryGetValue(theirs, out var given)) own.TryAdd(mine, given);
        }

        return own;
    }

    private Dictionary<Setting, Given> OwnPartsOf(ModelKeys side)
    {
        var layer = layers.Strongest(side.Key);
        return side.All.Where(setting => layer.Values.ContainsKey(setting.Key)).ToDictionary(setting => setting, setting => layer.Values[setting.Key]);
    }

    private static string Join(Given? model, Given? url, Given? name, Given? adapter, Func<Given, string> read)
    {
        var text = model is not null ? PathsOfFile.OfModel(read(model), model.Origin) : $"{read(url!)}#{read(name!)}";
        return adapter is null ? text : $"{text}+{PathsOfFile.Of(read(adapter), adapter.Origin)}";
    }

    private static string? KeyVariable(ModelKeys side, Given? key)
    {
        if (key is null) return null;

        // The text itself is not repeated: it may be the key.
        return References.NameIn(key.Text) ?? throw key.Because(side.Secret.Key, "this must be a reference to an environment variable such as ${MY_KEY}, never the key itself.");
    }
}
