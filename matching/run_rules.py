"""What a coordinator decides for a run: kept as JSON on the run, turned into the engine's settings. Pure."""

from dataclasses import asdict, dataclass, field, fields, replace

from .engine import AXES, FORMATS, Settings, Weights

WEIGHT_MOST = 100
CHOICE_WEIGHT = 30  # as much as the heaviest of the five, so that the reasons tell who chose whom
# Teams are made of groups that each have their own mentor (grouping.join_teams); a second mentor of a large group joins by hand.
OF_FORMAT = {
    **FORMATS,
    "team": FORMATS["small_group"],
    "large_group": {key: value for key, value in FORMATS["large_group"].items() if key != "mentors_per_group"},
}


def usual_weights() -> dict[str, int]:
    return {axis: int(getattr(Weights(), axis)) for axis in AXES}


@dataclass(frozen=True)
class RunRules:
    """Weights of the five axes (only their proportion matters) and the hard rules of one run.

    rank_weight: what the order that people chose weighs beside the five; 0: nothing. require_ranked: whoever chose is matched with
    somebody on their list only. aim "ranked": their order comes before every score.
    require_same_town: pairs who could not meet in person are not made. max_travel_minutes: the longest journey to meet in
    person. minimum_score: 0 to 100. aim: "total", "fairest" or "ranked".
    repeat_unanswered: pairs of a proposal that lapsed may be made again.
    That training is finished and that the line manager is nobody's mentor are not to be chosen: they always hold.
    """

    weights: dict[str, int] = field(default_factory=usual_weights)
    require_background_check: bool = True
    require_common_language: bool = True
    require_common_slot: bool = False
    require_same_town: bool = False
    max_travel_minutes: int = 60
    minimum_score: int = 0
    aim: str = "total"
    repeat_unanswered: bool = True
    rank_weight: int = 0
    require_ranked: bool = False

    def as_json(self) -> dict:
        return asdict(self)


def rules_from_json(data) -> RunRules:
    """The rules kept on a run; what an older run did not know takes today's default."""
    known = {one.name for one in fields(RunRules)}
    rules = {key: value for key, value in (data or {}).items() if key in known}
    rules["weights"] = usual_weights() | {k: v for k, v in rules.get("weights", {}).items() if k in AXES}
    return RunRules(**rules)


def engine_settings(rules: RunRules, *, check_from=None, criteria=(), travel_minutes=None, kind="one_to_one") -> Settings:
    """The engine's settings. ``check_from``: the day a background check must reach where a student has no placement.

    criteria: what questionnaires make of answers. travel_minutes: (town, town) -> minutes. kind: the programme's format.
    """
    return Settings(
        weights=Weights(**rules.weights),
        require_background_check=rules.require_background_check,
        require_common_language=rules.require_common_language,
        require_common_slot=rules.require_common_slot,
        criteria=criteria,
        require_reachable=rules.require_same_town,
        max_travel_minutes=rules.max_travel_minutes,
        travel_minutes=travel_minutes or {},
        minimum_score=rules.minimum_score,
        check_from=check_from,
        aim=rules.aim,
        rank_weight=rules.rank_weight,
        require_ranked=rules.require_ranked,
        **OF_FORMAT.get(kind, {}),
    )


def by_choice(rules: RunRules) -> RunRules:
    """These rules, with the order that people chose before every score: how a choosing round is cleared."""
    return replace(rules, aim="ranked", rank_weight=rules.rank_weight or CHOICE_WEIGHT)


def without_choice(rules: RunRules) -> RunRules:
    """These rules as if nobody had chosen yet."""
    return replace(rules, aim="total" if rules.aim == "ranked" else rules.aim, rank_weight=0, require_ranked=False)
