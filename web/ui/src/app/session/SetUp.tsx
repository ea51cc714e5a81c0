import { useState } from "react";
import { type Answer, api } from "@/lib/api.ts";
import { currentLanguage, useWords } from "@/lib/i18n.ts";
import { currencyOf, likelyCountry } from "@/lib/places.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { useForm } from "@/ui/form.ts";
import { Icon } from "@/ui/Icon.tsx";
import { Frame } from "./Frame.tsx";
import styles from "./session.module.css";
import { AdministratorStep, BeginningStep, CompanyStep } from "./steps.tsx";

type State = Answer<"/api/v1/setup">;

const steps = ["company", "administrator", "beginning"] as const;

/** The first visit: company, first administrator, and whether there is something to look at already. */
export function SetUp({ setup, onDone }: { setup: State; onDone: () => void }) {
  const t = useWords("app");
  const [step, setStep] = useState(0);
  const country = likelyCountry();
  const form = useForm({
    initial: {
      company: { name: "", country, currency: currencyOf(country) ?? "EUR", taxId: "" },
      administrator: { name: "", email: "", password: "", again: "" },
      sample: "empty",
    },
    check: values => {
      const missing = (value: string) => (value.trim() ? undefined : t("setUp.missing"));
      if (step === 0)
        return {
          "company.name": missing(values.company.name),
          "company.country": missing(values.company.country),
        };
      const { name, email, password, again } = values.administrator;
      return {
        "administrator.name": missing(name),
        "administrator.email": /^\S+@\S+\.\S+$/.test(email.trim()) ? undefined : t("setUp.noEmail"),
        "administrator.password": password.length >= 12 ? undefined : t("setUp.shortPassword"),
        "administrator.again": password === again ? undefined : t("setUp.notTheSame"),
      };
    },
    submit: async values => {
      if (step < 2 && !(step === 1 && !setup.sample)) {
        setStep(step + 1);
        return;
      }
      const { name, email, password } = values.administrator;
      const { company } = values;
      try {
        await api.post("/api/v1/setup", {
          body: {
            company: {
              name: company.name.trim(),
              country: company.country,
              currency: company.currency,
              ...(company.taxId.trim() ? { taxId: company.taxId.trim() } : {}),
              timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
              language: currentLanguage(),
            },
            administrator: { name: name.trim(), email: email.trim(), password },
            sample: values.sample === "sample",
          },
        });
        onDone();
      } catch (error) {
        const first = isProblem(error) ? error.fields[0]?.path : undefined;
        if (first) setStep(first.startsWith("company") ? 0 : 1);
        throw error;
      }
    },
  });
  const shown = setup.sample ? steps : steps.slice(0, 2);
  const last = step === shown.length - 1;
  return (
    <Frame title={t("setUp.title")} wide>
      <ol className={styles.steps} style={{ gridTemplateColumns: `repeat(${shown.length}, 1fr)` }}>
        {shown.map((name, index) => (
          <li
            key={name}
            className={styles.step}
            aria-current={index === step ? "step" : undefined}
            data-done={index < step || undefined}
          >
            <span className={styles.stepDot}>
              {index < step ? <Icon name="check" size={14} /> : index + 1}
            </span>
            {t(`setUp.steps.${name}`)}
          </li>
        ))}
      </ol>
      <div className={styles.content}>
        {form.busy && last ? (
          <div className={styles.working} role="status">
            <Icon name="sparkle" size={28} />
            <strong>{t(form.values.sample === "sample" ? "setUp.workingSample" : "setUp.working")}</strong>
          </div>
        ) : (
          <>
            <h1>{t(`setUp.${steps[step]}.title`)}</h1>
            <p className={styles.lead}>{t(`setUp.${steps[step]}.lead`)}</p>
            <form className={styles.form} onSubmit={form.onSubmit} noValidate>
              <FormErrorSummary form={form} />
              {step === 0 && <CompanyStep form={form} currencies={setup.currencies} />}
              {step === 1 && <AdministratorStep form={form} />}
              {step === 2 && <BeginningStep form={form} />}
              <div className={styles.buttons}>
                {step > 0 && (
                  <Button icon="arrow-left" onClick={() => setStep(step - 1)}>
                    {t("setUp.back")}
                  </Button>
                )}
                <Button type="submit" variant="primary" loading={form.busy}>
                  {t(last ? "setUp.finish" : "setUp.next")}
                </Button>
              </div>
            </form>
          </>
        )}
      </div>
    </Frame>
  );
}
