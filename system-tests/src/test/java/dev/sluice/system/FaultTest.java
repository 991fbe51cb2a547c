package dev.sluice.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A class of the fault suite: its scenarios run beside others, in the {@link FaultForm} of this
 * run, on the shared stack. Each scenario has a load with ids, a fault phase, a quiet phase and
 * {@link Books}. The tag of a class or test is the number of its scenario in docs/consumer.md.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedStack.class)
@interface FaultTest {}
