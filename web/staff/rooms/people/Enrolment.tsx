// Letting software recognise somebody who agreed to it: from pictures where a person said
// who it is, and only where the API says that it may be.

import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { useConfirm } from "../../parts/Confirm";
import { Checkbox } from "../../parts/Fields";
import { Section } from "../../parts/Page";
import { Rendition } from "../../parts/Rendition";
import { Notice, Shown } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { useDeed } from "./data";
import css from "./people.module.css";
import { words } from "./words";

type Photo = Schema["PhotoOrder"];
const MOST = 5;
const OFFERED = 12;

export function Enrolment({ person }: { person: Schema["PersonView"] }) {
  const say = useWords(words);
  const hindrance = person.enrolment_hindrance;
  return (
    <Section title={say("recognition")}>
      {hindrance ? (
        <Notice kind="none">
          <strong>{say("recognition_no")}</strong>
          <p>{hindrance.words}</p>
        </Notice>
      ) : (
        <Choosing personId={person.person_id} />
      )}
    </Section>
  );
}

function Choosing({ personId }: { personId: string }) {
  const say = useWords(words);
  const confirm = useConfirm();
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const searched = useQuery({
    queryKey: ["people", personId, "pictures"],
    queryFn: () =>
      ask(
        api.GET("/v1/search", {
          params: { query: { person: personId, limit: OFFERED } },
        }),
      ),
  });
  const pictures = useQueries({
    queries: (searched.data?.items ?? []).map(({ asset_id }) => ({
      queryKey: ["assets", asset_id],
      queryFn: () =>
        ask(api.GET("/v1/assets/{asset_id}", { params: { path: { asset_id } } })),
    })),
  });
  const photos: Photo[] = pictures.flatMap(({ data }) =>
    (data?.faces ?? [])
      .filter((face) =>
        face.appearances.some(
          (each) => each.person_id === personId && each.status === "confirmed",
        ),
      )
      .map((face) => ({ asset_id: data?.asset_id ?? "", face_id: face.face_id })),
  );
  const enrol = useDeed(
    (chosen: Photo[]) =>
      ask(
        api.POST("/v1/people/{person_id}/enrolment", {
          params: { path: { person_id: personId } },
          body: { photos: chosen },
        }),
      ),
    [["people", personId]],
    (came) =>
      came.enrolled
        ? toast(say("enrolled", { count: came.accepted }))
        : toast(say("enrolled_not"), { kind: "no" }),
  );
  const toggle = (faceId: string) => {
    const now = new Set(taken);
    if (!now.delete(faceId)) now.add(faceId);
    setTaken(now);
  };
  const send = async () => {
    const chosen = photos.filter((photo) => taken.has(photo.face_id));
    const sure = await confirm({
      title: say("enrol_title"),
      text: say("enrol_text", { count: chosen.length }),
      act: say("enrol"),
    });
    if (sure) enrol.mutate(chosen);
  };
  return (
    <Shown of={searched}>
      {() =>
        photos.length === 0 && pictures.every((each) => !each.isPending) ? (
          <p className={css.soft}>{say("recognition_none")}</p>
        ) : (
          <>
            <p>{say("recognition_text")}</p>
            <ul className={css.faces}>
              {photos.map((photo, index) => (
                <li key={photo.face_id} className={css.face}>
                  <Rendition assetId={photo.asset_id} name="thumb" alt="" />
                  <Checkbox
                    checked={taken.has(photo.face_id)}
                    disabled={!taken.has(photo.face_id) && taken.size >= MOST}
                    change={() => toggle(photo.face_id)}
                    label={say("picture_with", { number: index + 1 })}
                  />
                </li>
              ))}
            </ul>
            <div>
              <Button
                isDisabled={taken.size === 0 || enrol.isPending}
                onPress={() => void send()}
              >
                {say("enrol")}
              </Button>
            </div>
          </>
        )
      }
    </Shown>
  );
}
