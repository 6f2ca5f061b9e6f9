package io.masterdeal.sandbox.simulation;

import io.masterdeal.sandbox.actor.SimulatedDeals;
import io.masterdeal.sandbox.fault.FaultInjections;
import io.masterdeal.sandbox.notification.ContextOutage;
import io.masterdeal.sandbox.publish.Ledger;
import io.masterdeal.sandbox.publish.Publishers;
import io.masterdeal.sandbox.story.StoryPlayer;
import io.masterdeal.sandbox.system.SystemApis;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the control of the sandbox. */
@Configuration(proxyBeanMethods = false)
public class SimulationConfiguration {
    @Bean
    DealRegister dealRegister(
            SystemApis apis, SimulatedDeals openDeals, @Value("${masterdeal.sandbox.keep-deals:10000}") int capacity) {
        return new DealRegister(capacity, apis, openDeals);
    }

    @Bean
    Simulation simulation(
            StoryPlayer player,
            SimulatedDeals openDeals,
            DealRegister register,
            Publishers publishers,
            Ledger ledger,
            FaultInjections faults,
            ContextOutage contextOutage) {
        return new Simulation(player, openDeals, register, publishers, ledger, faults, contextOutage);
    }

    @Bean
    SimulationController simulationController(
            Simulation simulation,
            DealRegister register,
            SimulatedDeals openDeals,
            Publishers publishers,
            Ledger ledger,
            FaultInjections faults,
            Clock clock) {
        return new SimulationController(simulation, register, openDeals, publishers, ledger, faults, clock);
    }
}
