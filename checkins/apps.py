from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "checkins"

    def ready(self):
        from post.services.wanted import register

        from . import receivers, worried  # noqa: F401  the receivers are connected
        from .services import reminder_asked as asked
        from .services import reminder_endings as endings
        from .services import reminder_events as begun
        from .services import reminder_stages as staged
        from .services import reminder_training as trained
        from .services.reminder_wanted import no_longer_wanted
        from .services.reminders import register_event

        worried.register_own()
        register_event("check_in_planned", begun.check_ins_due, begun.confirm_check_ins, begun.with_check_ins, begun.check_ins_done)
        register_event("mentorship_started", begun.mentorships_due, begun.confirm_mentorships, begun.with_mentorships)
        register_event("stage_began", staged.stages_due, staged.confirm_stages, staged.with_stages)
        register_event("training_asked", asked.training_due, asked.confirm_training, asked.with_training)
        register_event(
            "end_checklist_opened", trained.end_checklists_due, trained.confirm_end_checklists, trained.with_end_checklists
        )
        register_event("training_ends", trained.trainings_ending, trained.confirm_trainings_ending, trained.with_trainings_ending)
        register_event("winding_down", endings.endings_due, endings.confirm_endings, endings.with_endings)
        register_event("proposal_published", asked.proposals_due, asked.confirm_proposals, asked.with_proposals)
        register("reminder", no_longer_wanted)
