from .pupils import PupilRow, has_pupils, list_pupils
from .staff import TeacherChoice, teacher_choices

__all__ = ["PupilRow", "TeacherChoice", "has_pupils", "list_pupils", "teacher_choices"]
