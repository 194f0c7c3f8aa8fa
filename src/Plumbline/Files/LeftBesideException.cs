namespace Plumbline.Files;

/// <summary>What was to be replaced is gone, and what was to replace it could not be given its name: it is left, whole, under the one that it was written to.</summary>
/// <param name="path">The file.</param>
/// <param name="temporary">Where its new content is.</param>
/// <param name="failure">What the disk said.</param>
sealed class LeftBesideException(string path, string temporary, Exception failure)
    : IOException($"{path} could not be put in its place ({failure.Message.TrimEnd('.')}), and what was there before is gone. The new content is whole in {temporary}: rename that to {Path.GetFileName(path)}", failure);
