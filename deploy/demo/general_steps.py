"""What people do to general hazards; a step is named in ``courses.toml``."""

from datetime import timedelta
from typing import Any

from deploy.demo.government import Government
from deploy.demo.hazards import Case
from deploy.demo.people import People, Person
from deploy.demo.pictures import Album
from deploy.demo.stage import Stage

SHORTEST = 4  # Days of a first term: within them somebody can still ask for more.


class GeneralSteps:
    """Each step is one person's command on one hazard."""

    def __init__(self, stage: Stage, people: People, government: Government, album: Album) -> None:
        self._stage, self._people, self._government, self._album = stage, people, government, album
        self._photos: dict[str, str] = {}

    def draft(self, case: Case) -> None:
        self._register(case, "checker", is_draft=True)

    def register(self, case: Case) -> None:
        self._register(case, "checker")

    def register_on_site(self, case: Case) -> None:
        self._register(case, "checker", hazard_class="general_on_site", measure_taken=f"已当场处理：{case.words['measure']}")

    def _register(self, case: Case, role: str, **more: Any) -> None:
        reporter = case.enterprise.person(role, "safety_manager")
        unit = case.enterprise.units["workshop"][0]
        words = {name: case.words[name] for name in ("place", "category", "description", "measure")}
        photo = self._album.photo(self._people.caller(reporter), case.words["description"])
        found_at = self._stage.now - timedelta(minutes=self._stage.chance.randint(5, 50))
        answer = self._stage.call(
            self._people.caller(reporter), "register_hazard", unit_id=unit["id"], photos=[photo], found_at=found_at, **words | more
        )
        case.actors["reporter"] = reporter
        case.take(answer)

    def confirm(self, case: Case) -> None:
        """The safety manager assigns it; what was suspected major is looked at on the spot."""
        days = max(SHORTEST, int(case.words["days"]) + self._stage.chance.randint(0, 3))
        more = {"class_reason": "经现场核查对照判定标准，不属于重大隐患情形"} if case.state.get("suspected_major") else {}
        self._act(
            case,
            "safety_manager",
            "confirm_hazard",
            deadline_on=self._stage.today + timedelta(days=days),
            **self._assigned(case),
            **more,
        )

    def assign(self, case: Case) -> None:
        """An authority has found it: the enterprise only says who sees to it."""
        self._act(case, "safety_manager", "assign_hazard", **self._assigned(case))

    def _assigned(self, case: Case) -> dict[str, Any]:
        person = case.enterprise.person("responsible_person")
        case.actors["responsible"] = person
        return {"responsible_id": person.account_id, "responsible_name": person.name, "measure": case.words["measure"]}

    def send_back(self, case: Case) -> None:
        self._act(case, "safety_manager", "return_hazard", reason="地点描述不清，请补充具体部位并重新拍照")

    def resubmit(self, case: Case) -> None:
        self._stage_as(case, case.actors.get("reporter") or case.enterprise.person("checker"), "resubmit_hazard")

    def cancel(self, case: Case) -> None:
        self._act(case, "safety_manager", "cancel_hazard", reason="与已登记的隐患重复")

    def rectify(self, case: Case) -> None:
        done = f"已完成：{case.words['measure']}"
        self._stage_as(
            case, case.actors["responsible"], "submit_rectification", measure_taken=done, finished_at=self._stage.now,
            after_photos=[self._photo(case)], cost=str(self._stage.chance.randint(1, 80) * 100),
        )  # fmt: skip

    rectify_late = rectify
    rectify_assigned = rectify

    def close(self, case: Case) -> None:
        self._recheck(case, is_passed=True, opinion="现场复查合格，同意销号")

    def find_lacking(self, case: Case) -> None:
        """The recheck fails: it goes back with a new day."""
        later = self._stage.today + timedelta(days=5)
        self._recheck(case, is_passed=False, opinion="整改不彻底，同类部位仍存在问题", deadline_on=later)

    def _recheck(self, case: Case, **args: Any) -> None:
        done_by = case.actors["responsible"]
        others = [p for p in case.enterprise.people if p is not done_by and {"rechecker", "safety_director"} & set(p.roles)]
        self._stage_as(case, others[0], "recheck_hazard", **args)

    def ask_for_time(self, case: Case) -> None:
        later = case.deadline_on + timedelta(days=2)
        self._stage_as(
            case, case.actors["responsible"], "request_extension", to_on=later, reason="所需配件尚在途中，预计两日内到货",
            interim_measures="停用相关设备并设置警戒，安排专人看守",
        )  # fmt: skip

    def grant_time(self, case: Case) -> None:
        self._act(case, "safety_manager", "decide_extension", is_approved=True, opinion="同意延期，期间落实防范措施")

    def refuse_time(self, case: Case) -> None:
        self._act(case, "safety_manager", "decide_extension", is_approved=False, opinion="可先行采购替代配件，不同意延期")

    def urge(self, case: Case) -> None:
        official = self._government.local(case.enterprise.region, "regulator")
        self._stage_as(case, official, "comment_hazard", comment="请抓紧整改，按期完成并上传整改照片")

    def _photo(self, case: Case) -> str:
        """One picture of what was put right serves for several hazards of a place."""
        key = case.enterprise.row["key"]
        if key not in self._photos:
            caller = self._people.caller(case.enterprise.person("responsible_person"))
            self._photos[key] = self._album.photo(caller, "整改后现场")
        return self._photos[key]

    def _act(self, case: Case, role: str, operation: str, **args: Any) -> None:
        self._stage_as(case, case.enterprise.person(role), operation, **args)

    def _stage_as(self, case: Case, person: Person, operation: str, **args: Any) -> None:
        case.take(self._stage.call(self._people.caller(person), operation, hazard_id=case.id, **args))
