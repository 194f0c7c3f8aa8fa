namespace Plumbline.Transformers.Training;

/// <summary>How the learning rate falls after the warm-up.</summary>
public enum LearningRateSchedule
{
    /// <summary>Along half a cosine. After Loshchilov and Hutter, "SGDR", 2016, without restarts.</summary>
    Cosine,

    /// <summary>Along a straight line.</summary>
    Linear,

    /// <summary>Not at all.</summary>
    Constant,
}
