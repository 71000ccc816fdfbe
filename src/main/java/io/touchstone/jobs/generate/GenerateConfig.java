package io.touchstone.jobs.generate;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.Compression;
import io.touchstone.files.read.InputReading;
import io.touchstone.jobs.Provenance;
import io.touchstone.jobs.annotate.RunPolicy;
import java.util.Optional;

/**
 * What one generate job is asked to do, beside what its generator is made from.
 *
 * @param output the folder that receives the result; empty where there is none, as for a survey
 * @param format of all inputs; empty to find it for each file by its fields
 * @param prompts what of a row is answered
 * @param compression of the parts
 * @param policy where a row's seconds are those of a pass
 */
public record GenerateConfig(
    InputReading reading,
    Optional<String> output,
    Optional<RowFormat> format,
    PromptMaking prompts,
    Compression compression,
    Provenance provenance,
    RunPolicy policy) {}
