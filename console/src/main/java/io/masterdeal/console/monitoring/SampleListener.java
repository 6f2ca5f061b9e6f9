package io.masterdeal.console.monitoring;

/** Is told after each sample, in the thread of the sampler. */
@FunctionalInterface
public interface SampleListener {
    /** A sample was added. */
    void sampled(Samples samples);
}
